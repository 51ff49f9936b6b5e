package hostperf.report;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.AnalysisOutcome.CandidateRow;
import hostperf.agent.AnalysisOutcome.ContextRow;
import hostperf.agent.AnalysisOutcome.DecisionRow;
import hostperf.agent.AnalysisOutcome.HotspotRow;
import hostperf.agent.AnalysisOutcome.OptionRow;
import hostperf.agent.AnalysisOutcome.RelatedRow;
import hostperf.classify.Hotspot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words for the answers of the tools that look at a profile and the catalogue.
final class AnalysisText {
  private static final int MOST_FACTS = 6;

  private static final int MOST_SOURCE = 160;
  private static final int MOST_PATCH = 20_000;

  private AnalysisText() {}

  static String of(AnalysisOutcome outcome) {
    return switch (outcome) {
      case AnalysisOutcome.Classified o -> classified(o);
      case AnalysisOutcome.OptionsProposed o -> options(o);
      case AnalysisOutcome.Found o -> found(o);
    };
  }

  private static String classified(AnalysisOutcome.Classified o) {
    var text =
        new StringBuilder(
            "%s%s%s%s.\n"
                .formatted(
                    Figures.count(o.total(), "hotspot"),
                    o.profileId().isEmpty() ? "" : " in profile " + o.profileId(),
                    RunText.cut(o.hotspots().size(), o.total()),
                    o.file().isEmpty() ? "" : "; all are in " + o.file()));
    o.hotspots().forEach(h -> text.append(hotspot(h)));
    if (o.hotspots().stream().anyMatch(h -> h.hits().isEmpty())) {
      text.append(
          "Where no line says how often it runs, that is not known: the pass `lines` did not count there.\n");
    }
    return text.toString();
  }

  private static String hotspot(HotspotRow h) {
    var text =
        new StringBuilder(
            "%s %s%s%s: %s%s of %s – %s:%d in %s\n    %s\n"
                .formatted(
                    h.hotspotId(),
                    h.type().orElseGet(() -> open(h)),
                    mark(h),
                    kind(h),
                    h.timeS().map(s -> Figures.seconds(s) + ", ").orElse(""),
                    Figures.share(h.share()),
                    Hotspot.Cost.ofWhat(h.shareOf()),
                    h.file(),
                    h.line(),
                    h.function(),
                    UntrustedText.inline(h.source(), MOST_SOURCE)));
    h.decidedBy().ifPresent(d -> text.append(RunText.list("    because", d.because())));
    var told = h.decidedBy().map(DecisionRow::because).orElse(List.of());
    var others = h.facts().stream().filter(f -> !told.contains(f.text())).toList();
    others.stream()
        .limit(MOST_FACTS)
        .forEach(f -> text.append("    %s: %s\n".formatted(f.source(), f.text())));
    if (others.size() > MOST_FACTS) {
      text.append(
          "    … and %s more\n".formatted(Figures.count(others.size() - MOST_FACTS, "fact")));
    }
    h.question().ifPresent(q -> text.append("    question: %s\n".formatted(q)));
    return text.toString();
  }

  private static String open(HotspotRow h) {
    return Hotspot.open(
        h.candidates().stream().filter(c -> !c.for_().isEmpty()).map(CandidateRow::type).toList());
  }

  private static String kind(HotspotRow h) {
    var words =
        Stream.concat(h.severity().stream(), Stream.of(h.scope()).filter(s -> !s.equals("unknown")))
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : " (" + words + ")";
  }

  private static String mark(HotspotRow h) {
    return h.waits()
        ? " [intentional wait: not a target]"
        : h.device() ? " [the device works here: not a target]" : "";
  }

  private static String options(AnalysisOutcome.OptionsProposed o) {
    var text =
        new StringBuilder(
            "Recommended for %s: %s. %s\n"
                .formatted(o.hotspotId(), o.recommended(), o.reasoning()));
    o.options().forEach(option -> text.append(option(option, o.shareOf())));
    o.context().ifPresent(c -> text.append(context(c)));
    return text.toString();
  }

  private static String context(ContextRow c) {
    return related("called by" + seen(c.callers()), "", c.callers(), c.callersTotal())
        + related("calls" + seen(c.callees()), "called at ", c.callees(), c.calleesTotal())
        + related("who calls the same", "", c.same(), c.sameTotal())
        + line("reads", c.reads(), c.reads().size())
        + line("sets or changes", c.writes(), c.writes().size())
        + line(
            "tests by the target's map, or that use its file or its name",
            c.tests(),
            c.testsTotal());
  }

  /// What a sampler did not meet may be called all the same.
  private static String seen(List<RelatedRow> rows) {
    return rows.stream().anyMatch(r -> r.share().isPresent()) ? ", of what samples met" : "";
  }

  /// @param atCall what stands before a place that is the call's
  private static String related(String what, String atCall, List<RelatedRow> rows, int total) {
    return line(
        what,
        rows.stream()
            .map(
                r ->
                    "%s (%s%s:%d%s)"
                        .formatted(
                            r.function(),
                            r.isCall() ? atCall : "",
                            r.file(),
                            r.line(),
                            r.share().map(s -> ", " + Figures.share(s)).orElse("")))
            .toList(),
        total);
  }

  private static String line(String what, List<String> items, int total) {
    return items.isEmpty()
        ? ""
        : "  %s: %s%s\n"
            .formatted(
                what,
                String.join(", ", items),
                total > items.size() ? " and %d more".formatted(total - items.size()) : "");
  }

  private static String option(OptionRow o, Optional<String> whole) {
    var text =
        new StringBuilder(
            "%s %s (%s): %s; %s%s\n    %s\n"
                .formatted(
                    o.optionId(),
                    o.title(),
                    o.pattern(),
                    savings(o, whole),
                    o.risk().map("risk %s, "::formatted).orElse("")
                        + o.complexity().map("%s, "::formatted).orElse(""),
                    o.draftedBy().map(by -> "draft by " + by).orElse("no draft"),
                    o.description()));
    o.mustHold()
        .forEach(m -> text.append("    must hold (%s): %s\n".formatted(m.seen(), m.fact())));
    text.append("    check: ").append(o.validation()).append('\n');
    o.patch().ifPresent(p -> text.append(UntrustedText.quoted(p, MOST_PATCH)));
    return text.toString();
  }

  private static String savings(OptionRow o, Optional<String> whole) {
    var kind = whole.isPresent() ? "of the line's own time" : "under the line profiler";
    return o.estimatedSavingsShare() == 0
        ? "saves nothing"
        : "up to %s%s of %s"
            .formatted(
                o.estimatedSavingsS()
                    .map(s -> "%s %s, ".formatted(Figures.seconds(s), kind))
                    .orElse(""),
                Figures.share(o.estimatedSavingsShare()),
                Hotspot.Cost.ofWhat(whole));
  }

  private static String found(AnalysisOutcome.Found o) {
    var text = new StringBuilder(o.matches().size() + " found.\n");
    o.matches()
        .forEach(m -> text.append("%s – %s\n    %s\n".formatted(m.title(), m.uri(), m.excerpt())));
    return text.toString();
  }
}
