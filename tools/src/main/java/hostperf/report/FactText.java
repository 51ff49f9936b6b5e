package hostperf.report;

import hostperf.fact.CallFact;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.fact.LoopFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Facts in words. Each says what was counted and nothing about what it means.
public final class FactText {
  private FactText() {}

  /// @param facts that it is one of
  public static String of(LineFact fact, Facts facts) {
    var times = times(fact.count(), facts.steps(fact.kind()));
    return switch (fact.kind()) {
      case READ_BACK -> "reads a value of the device on the host, " + times;
      case SYNC -> "waits for the device (torch's sync debug mode), " + times;
      case COPY -> "copies %s: %s, %s".formatted(fact.detail(), times, bytes(fact.bytes()));
      case DEVICE_OP -> "launches %s on the device, %s".formatted(fact.detail(), times);
      case HOST_TENSOR_OP -> "runs %s on the host, %s".formatted(fact.detail(), times);
      case GRAPH_REPLAY -> "replays a captured graph, " + times;
      case GC_PAUSE ->
          "garbage collection of %s began here, %s, %s in all (this pass adds objects of its own)"
              .formatted(fact.detail(), times, Figures.seconds(fact.seconds()));
      case WAIT ->
          "%s, %s, %s in all".formatted(fact.detail(), times, Figures.seconds(fact.seconds()));
      case SERIALISE ->
          "%s, %s, %s%s in all"
              .formatted(
                  fact.detail(),
                  times,
                  fact.bytes() > 0 ? bytes(fact.bytes()) + ", " : "",
                  Figures.seconds(fact.seconds()));
      case COLLECTIVE ->
          "%s, %s, %s, %s in the call"
              .formatted(
                  fact.detail(), times, bytes(fact.bytes()), Figures.seconds(fact.seconds()));
      case LOG_OFF ->
          "logs at %s, which is off, %s: its arguments are made for nothing"
              .formatted(fact.detail(), times);
      case EXCEPTION -> "%s raised here and handled, %s".formatted(fact.detail(), times);
    };
  }

  /// What repeated; empty where nothing did.
  public static List<String> of(CallFact fact) {
    var parts = new ArrayList<String>();
    if (fact.againInStep() > 0) {
      parts.add(
          "%,d of %,d compared calls had the arguments and the result of an earlier call of the same step"
              .formatted(fact.againInStep(), fact.compared()));
    } else if (fact.againInRun() * 2 > fact.compared() && fact.compared() > 1) {
      parts.add(
          "%,d of %,d compared calls had the arguments and the result of an earlier call"
              .formatted(fact.againInRun(), fact.compared()));
    }
    if (fact.isConstant()) {
      parts.add("all %,d compared calls gave the same result".formatted(fact.compared()));
    }
    if (fact.unused() * 2 > fact.calls()) {
      parts.add(
          "the callers threw the result away in %,d of %,d calls"
              .formatted(fact.unused(), fact.calls()));
    }
    return parts;
  }

  /// Over what a loop ran; empty where its items changed, or it seldom ran.
  public static Optional<String> of(LoopFact fact) {
    return fact.compared() > 1 && fact.unchanged() * 2 > fact.compared()
        ? Optional.of(
            "%,d of %,d runs of this loop had the items of the run before"
                .formatted(fact.unchanged(), fact.compared()))
        : Optional.empty();
  }

  static String times(long count, long steps) {
    if (steps == 0) {
      return Figures.count(count, "time");
    }
    double each = (double) count / steps;
    return each >= 0.95
        ? "%s (%s a step)".formatted(Figures.count(count, "time"), Figures.number(each))
        : "%s in %,d steps".formatted(Figures.count(count, "time"), steps);
  }

  static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double size = bytes;
    int unit = -1;
    while (size >= 1_000 && unit < units.length - 1) {
      size /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
  }
}
