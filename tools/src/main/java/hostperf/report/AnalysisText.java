package hostperf.report;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.AnalysisOutcome.FunctionRow;
import hostperf.agent.AnalysisOutcome.HotspotRow;
import hostperf.agent.AnalysisOutcome.OptionRow;

/// Words for the answers of the tools that look at a profile and the catalogue.
final class AnalysisText {
  private static final int MOST_ROWS = 10;
  private static final int MOST_SOURCE = 160;
  /// Below this a type is a question to ask, and how severe it is remains open.
  private static final double SURE = 0.5;

  private static final int MOST_PATCH = 20_000;

  private AnalysisText() {}

  static String of(AnalysisOutcome outcome) {
    return switch (outcome) {
      case AnalysisOutcome.Profiled o -> profiled(o);
      case AnalysisOutcome.Classified o -> classified(o);
      case AnalysisOutcome.OptionsProposed o -> options(o);
      case AnalysisOutcome.Found o -> found(o);
    };
  }

  private static String profiled(AnalysisOutcome.Profiled o) {
    var text =
        new StringBuilder(
            "Profile %s: %s profiled%s. %s\n"
                .formatted(
                    o.profileId(),
                    Figures.count(o.functionsTotal(), "function"),
                    RunText.cut(Math.min(MOST_ROWS, o.functions().size()), o.functionsTotal()),
                    o.distortion()));
    o.metrics()
        .forEach((n, v) -> text.append("%s, unprofiled: %s\n".formatted(n, Figures.number(v))));
    o.functions().stream().limit(MOST_ROWS).forEach(f -> text.append(function(f)));
    for (var d : o.drillDown()) {
      text.append(
          "Drill-down: the statement at line %d is %s of %s and calls %s%s\n"
              .formatted(
                  d.line(),
                  Figures.share(d.share()),
                  d.function(),
                  d.callee(),
                  d.target().isEmpty() ? ", which is not profiled" : " = " + d.target()));
    }
    return text + RunText.list("Warning", o.warnings()) + RunText.list("File", o.files());
  }

  private static String function(FunctionRow f) {
    var text =
        new StringBuilder(
            "%s (%s:%d): %s in %s%s\n"
                .formatted(
                    f.name(),
                    f.file(),
                    f.line(),
                    Figures.seconds(f.totalS()),
                    Figures.count(f.calls(), "call"),
                    f.topLines().size() < f.linesTotal()
                        ? "; the most expensive %d of %s that took time"
                            .formatted(f.topLines().size(), Figures.count(f.linesTotal(), "line"))
                        : ""));
    for (var l : f.topLines()) {
      text.append(
          "  %5s  line %d, %s, %s each: %s\n"
              .formatted(
                  Figures.share(l.share()),
                  l.line(),
                  Figures.count(l.hits(), "hit"),
                  Figures.micros(l.perHitUs()),
                  UntrustedText.inline(l.source(), MOST_SOURCE)));
    }
    return text.toString();
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
    return text.toString();
  }

  private static String hotspot(HotspotRow h) {
    return "%s %s%s (%s, confidence %.2f): %s, %s of the profiled time – %s:%d in %s\n    %s\n%s"
        .formatted(
            h.hotspotId(),
            h.confidence() < SURE ? "perhaps " + h.type() : h.type(),
            h.waits() ? " [intentional wait: no target]" : "",
            h.confidence() < SURE ? h.scope() : h.severity() + ", " + h.scope(),
            h.confidence(),
            Figures.seconds(h.timeS()),
            Figures.share(h.share()),
            h.file(),
            h.line(),
            h.function(),
            UntrustedText.inline(h.source(), MOST_SOURCE),
            RunText.list("    because", h.evidence()));
  }

  private static String options(AnalysisOutcome.OptionsProposed o) {
    var text =
        new StringBuilder(
            "Recommended for %s: %s. %s\n"
                .formatted(o.hotspotId(), o.recommended(), o.reasoning()));
    o.options().forEach(option -> text.append(option(option)));
    return text.toString();
  }

  private static String option(OptionRow o) {
    var text =
        new StringBuilder(
            "%s %s (%s): %s up to %s, %s of the profiled time; risk %s, %s%s\n    %s\n"
                .formatted(
                    o.optionId(),
                    o.title(),
                    o.pattern(),
                    isOpen(o) ? "if it fits here, saves" : "saves",
                    Figures.seconds(o.estimatedSavingsS()),
                    Figures.share(o.estimatedSavingsShare()),
                    o.risk(),
                    o.complexity(),
                    o.draftedBy().map(by -> ", draft by " + by).orElse(", no draft"),
                    o.description()));
    o.mustHold()
        .forEach(m -> text.append("    must hold (%s): %s\n".formatted(m.seen(), m.fact())));
    text.append("    check: ").append(o.validation()).append('\n');
    o.patch().ifPresent(p -> text.append(UntrustedText.quoted(p, MOST_PATCH)));
    return text.toString();
  }

  /// The catalogue names it for lines like this one; in the source nothing was seen for it.
  private static boolean isOpen(OptionRow o) {
    return o.draftedBy().isEmpty()
        && !o.mustHold().isEmpty()
        && o.mustHold().stream().noneMatch(m -> m.seen().equals("seen"));
  }

  private static String found(AnalysisOutcome.Found o) {
    var text = new StringBuilder(o.matches().size() + " found.\n");
    o.matches()
        .forEach(m -> text.append("%s – %s\n    %s\n".formatted(m.title(), m.uri(), m.excerpt())));
    return text.toString();
  }
}
