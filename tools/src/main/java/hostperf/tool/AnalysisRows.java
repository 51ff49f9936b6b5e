package hostperf.tool;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.AnalysisOutcome.CandidateRow;
import hostperf.agent.AnalysisOutcome.ContextRow;
import hostperf.agent.AnalysisOutcome.DecisionRow;
import hostperf.agent.AnalysisOutcome.FactRow;
import hostperf.agent.AnalysisOutcome.HotspotRow;
import hostperf.agent.AnalysisOutcome.MustHoldRow;
import hostperf.agent.AnalysisOutcome.OptionRow;
import hostperf.agent.AnalysisOutcome.RelatedRow;
import hostperf.agent.Next;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.Fact;
import hostperf.classify.facts.Known;
import hostperf.patch.Patch;
import hostperf.propose.Context;
import hostperf.propose.Option;
import hostperf.propose.Proposal;
import hostperf.propose.WriteYourOwn;
import hostperf.report.UntrustedText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Hotspots and options as rows of an answer, for the tools and the command line alike.
public final class AnalysisRows {
  /// A draft longer than this goes into a file only.
  private static final int MOST_PATCH = 3_000;

  private static final int MOST_SOURCE = 200;
  private static final int MOST_RELATED = 8;

  private AnalysisRows() {}

  /// What is known and asked of a function is told at its first line only.
  public static List<HotspotRow> rows(List<Hotspot> hotspots) {
    var known = new HashSet<String>();
    return hotspots.stream().map(h -> row(h, known)).toList();
  }

  /// @param known facts that an earlier row has
  private static HotspotRow row(Hotspot hotspot, Set<String> known) {
    var place = hotspot.place();
    var cost = hotspot.cost();
    var judged = hotspot.judgement();
    return new HotspotRow(
        hotspot.id(),
        place.function(),
        place.file(),
        place.line(),
        UntrustedText.line(place.source(), MOST_SOURCE),
        hotspot.type().map(Enum::name),
        also(hotspot),
        judged.mark() == Hotspot.Mark.WAITS,
        judged.mark() == Hotspot.Mark.DEVICE,
        hotspot.type().map(t -> spelled(t.severity())),
        spelled(judged.scope()),
        counted(cost, cost.hits()),
        Optional.of(cost.time()).filter(s -> s > 0),
        counted(cost, cost.microsPerHit()).filter(_ -> cost.whole().isEmpty()),
        cost.share(),
        cost.whole().map(Hotspot.Whole::root),
        judged.decision().map(AnalysisRows::row),
        judged.candidates().stream().map(AnalysisRows::row).toList(),
        judged.question(),
        facts(judged, known),
        hotspot.references());
  }

  private static <T> Optional<T> counted(Hotspot.Cost cost, T value) {
    return cost.hits() == 0 ? Optional.empty() : Optional.of(value);
  }

  /// The other candidates beside a settled type.
  private static List<String> also(Hotspot hotspot) {
    return hotspot.judgement().candidates().stream()
        .map(Hotspot.Candidate::type)
        .filter(t -> hotspot.type().isPresent() && t != hotspot.type().get())
        .map(Enum::name)
        .toList();
  }

  private static DecisionRow row(Hotspot.Decision decision) {
    return new DecisionRow(spelled(decision.by()), decision.because());
  }

  private static CandidateRow row(Hotspot.Candidate candidate) {
    return new CandidateRow(
        candidate.type().name(), candidate.speaks(), candidate.against(), candidate.open());
  }

  /// Measured ones and those that speak for a candidate; the rest says where the line stands.
  private static List<FactRow> facts(Hotspot.Judgement judged, Set<String> known) {
    var named = judged.candidates().stream().flatMap(c -> c.speaks().stream()).toList();
    return judged.facts().stream()
        .filter(f -> !f.known().isContext())
        .filter(f -> f.source() == Fact.Source.MEASURED || named.contains(f.known().word()))
        .filter(f -> known.add(f.text()) || f.known() == Known.RUNS)
        .map(f -> new FactRow(f.known().word(), spelled(f.source()), f.text()))
        .toList();
  }

  public static AnalysisOutcome.OptionsProposed proposed(
      String hotspotId, Proposal proposal, List<Next> next) {
    return new AnalysisOutcome.OptionsProposed(
        hotspotId,
        proposal.options().stream().flatMap(o -> o.savings().of().stream()).findFirst(),
        proposal.options().stream().map(AnalysisRows::row).toList(),
        proposal.recommended(),
        proposal.reasoning(),
        proposal.context().map(AnalysisRows::row),
        next);
  }

  private static ContextRow row(Context context) {
    return new ContextRow(
        related(context.callers()),
        related(context.callees()),
        related(context.same()),
        context.reads(),
        context.writes(),
        context.tests().stream().limit(MOST_RELATED).toList(),
        context.callers().size(),
        context.callees().size(),
        context.same().size(),
        context.tests().size());
  }

  private static List<RelatedRow> related(List<Context.Related> related) {
    return related.stream()
        .limit(MOST_RELATED)
        .map(
            r ->
                new RelatedRow(
                    r.function(), r.file(), r.line(), r.isCall().orElse(false), r.share()))
        .toList();
  }

  private static OptionRow row(Option option) {
    var advice = option.advice();
    var patch = option.draft().map(d -> new Patch(d.changes()).diff());
    boolean isWritten = !WriteYourOwn.isOne(option) || option.draft().isPresent();
    return new OptionRow(
        option.id(),
        option.pattern(),
        option.title(),
        advice.description(),
        Optional.of(option.savings().seconds()).filter(s -> s > 0 || option.savings().share() == 0),
        option.savings().share(),
        Optional.of(spelled(advice.risk())).filter(_ -> isWritten),
        Optional.of(advice.complexity()).filter(_ -> isWritten),
        advice.mustHold().stream().map(m -> new MustHoldRow(m.fact(), words(m.seen()))).toList(),
        advice.validation(),
        option.draft().map(Option.Draft::by),
        patch.filter(p -> p.length() <= MOST_PATCH));
  }

  private static String words(Option.Seen seen) {
    return spelled(seen).replace('_', ' ');
  }

  static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
