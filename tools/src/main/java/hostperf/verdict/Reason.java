package hostperf.verdict;

import static hostperf.verdict.Percent.percent;
import static hostperf.verdict.Percent.setting;
import static hostperf.verdict.Percent.signed;

/// Why a verdict is what it is, in one or two sentences with the numbers that decided, as the
/// metric's own changes.
record Reason(Rule rule, Shift shift, double level) {

  String text(Verdict verdict, int further) {
    return switch (verdict) {
      case IMPROVED -> decided("better");
      case REGRESSED -> decided("worse");
      case UNCHANGED ->
          "The %s lies within ±%s."
              .formatted(text(shift.interval(2 * rule.alpha())), setting(rule.minEffect()));
      case INCONCLUSIVE -> open() + " " + advice(further);
    };
  }

  private String decided(String side) {
    return "The %s lies wholly on the %s side of no change, and the estimate %s reaches %s."
        .formatted(text(shift.interval(level)) + tries(), side, estimate(), threshold());
  }

  private String open() {
    Interval interval = shift.interval(level);
    int pairs = shift.pairs();
    if (pairs < Rule.LEAST) {
      return "%d %s, at least %d are needed."
          .formatted(pairs, pairs == 1 ? "pair" : "pairs", Rule.LEAST);
    }
    if (interval.confidence() < 1 - level) {
      return "%d pairs are too few for an interval of %s%s."
          .formatted(pairs, setting(1 - level), tries());
    }
    if (interval.isBetter() || interval.isWorse()) {
      return "The %s excludes 0%%, but the estimate %s does not reach %s."
          .formatted(text(interval) + tries(), estimate(), threshold());
    }
    return "The %s includes 0%%, and reaches beyond ±%s."
        .formatted(text(interval) + tries(), setting(rule.minEffect()));
  }

  private String advice(int further) {
    if (further == 0) {
      return "More pairs would not settle it: the same code differs from itself by %s. Stop other work on the machine."
          .formatted(setting(rule.floor()));
    }
    return further >= FurtherPairs.MOST
        ? "Even %d further pairs would hardly settle it.".formatted(FurtherPairs.MOST)
        : "If the estimate is right, %d further %s would settle it four times in five."
            .formatted(further, further == 1 ? "pair" : "pairs");
  }

  private String estimate() {
    return signed(shift.better().signed(shift.estimate()), rule.threshold());
  }

  private String threshold() {
    return rule.floor() > rule.minEffect()
        ? "the %s by which the same code differed from itself".formatted(percent(rule.floor()))
        : "the " + setting(rule.minEffect()) + " asked for";
  }

  private String tries() {
    int size = rule.family().size();
    return size == 1 ? "" : " (try %d at the same hotspot)".formatted(size);
  }

  private String text(Interval gains) {
    var interval = gains.signed(shift.better());
    return "%s interval %s to %s"
        .formatted(setting(interval.confidence()), signed(interval.low()), signed(interval.high()));
  }
}
