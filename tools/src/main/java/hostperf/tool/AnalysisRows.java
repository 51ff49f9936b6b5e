package hostperf.tool;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.AnalysisOutcome.HotspotRow;
import hostperf.agent.AnalysisOutcome.MeasuredRow;
import hostperf.agent.AnalysisOutcome.MustHoldRow;
import hostperf.agent.AnalysisOutcome.OptionRow;
import hostperf.agent.Next;
import hostperf.classify.Hotspot;
import hostperf.patch.Patch;
import hostperf.propose.Option;
import hostperf.propose.Proposal;
import hostperf.report.FactText;
import hostperf.report.UntrustedText;
import java.util.List;
import java.util.Locale;

/// Hotspots and options as rows of an answer, for the tools and the command line alike.
public final class AnalysisRows {
  /// A draft longer than this goes into a file only.
  private static final int MOST_PATCH = 3_000;

  private static final int MOST_SOURCE = 200;

  private static final int MOST_FACTS = 3;

  private AnalysisRows() {}

  public static HotspotRow row(Hotspot hotspot) {
    var place = hotspot.place();
    var cost = hotspot.cost();
    var judged = hotspot.judgement();
    return new HotspotRow(
        hotspot.id(),
        place.function(),
        place.file(),
        place.line(),
        UntrustedText.line(place.source(), MOST_SOURCE),
        judged.type().name(),
        judged.also().stream().map(Enum::name).toList(),
        judged.waits(),
        spelled(judged.type().severity()),
        spelled(judged.scope()),
        cost.hits(),
        cost.time(),
        cost.microsPerHit(),
        cost.share(),
        cost.whole().map(Hotspot.Whole::root),
        judged.confidence(),
        judged.because().evidence(),
        hotspot.facts().lines().stream()
            .limit(MOST_FACTS)
            .map(f -> new MeasuredRow(FactText.of(f, hotspot.facts().steps(f.kind())), "measured"))
            .toList(),
        judged.because().references());
  }

  public static AnalysisOutcome.OptionsProposed proposed(
      String hotspotId, Proposal proposal, List<Next> next) {
    return new AnalysisOutcome.OptionsProposed(
        hotspotId,
        proposal.options().stream().flatMap(o -> o.savings().of().stream()).findFirst(),
        proposal.options().stream().map(AnalysisRows::row).toList(),
        proposal.recommended(),
        proposal.reasoning(),
        next);
  }

  private static OptionRow row(Option option) {
    var advice = option.advice();
    var patch = option.draft().map(d -> new Patch(d.changes()).diff());
    return new OptionRow(
        option.id(),
        option.pattern(),
        option.title(),
        advice.description(),
        option.savings().seconds(),
        option.savings().share(),
        spelled(advice.risk()),
        advice.complexity(),
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
