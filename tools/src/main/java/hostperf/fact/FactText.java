package hostperf.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Facts in words. Each says what was counted and nothing about what it means.
public final class FactText {
  private FactText() {}

  /// @param counted over which steps
  public static String of(LineFact fact, Counted counted) {
    var times = times(fact, counted.steps(fact.kind()));
    return switch (fact.kind()) {
      case READ_BACK -> "reads a value of the device on the host, " + times;
      case SYNC -> "waits for the device (torch's sync debug mode), " + times;
      case COPY -> "copies %s: %s, %s".formatted(fact.detail(), times, bytes(fact.bytes()));
      case DEVICE_OP -> "launches %s on the device, %s".formatted(fact.detail(), times);
      case HOST_TENSOR_OP -> "runs %s on the host, %s".formatted(fact.detail(), times);
      case GRAPH_REPLAY -> "replays a captured graph, " + times;
      case GC_PAUSE ->
          "garbage collection of %s began here, %s, %s in all"
              .formatted(fact.detail(), times, seconds(fact));
      case WAIT -> "%s, %s, %s in all".formatted(fact.detail(), times, seconds(fact));
      case SERIALISE ->
          "%s, %s, %s%s in all"
              .formatted(
                  fact.detail(),
                  times,
                  fact.bytes() > 0 ? bytes(fact.bytes()) + ", " : "",
                  seconds(fact));
      case COLLECTIVE ->
          "%s, %s, %s, %s in the call"
              .formatted(fact.detail(), times, bytes(fact.bytes()), seconds(fact));
      case LOG_OFF ->
          "logs at %s, which is off, %s: its arguments are built for nothing"
              .formatted(fact.detail(), times);
      case LOG_ON -> "logs at %s, which is on, %s".formatted(fact.detail(), times);
      case ENVIRONMENT -> "reads the environment variable %s, %s".formatted(fact.detail(), times);
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
          "the callers discarded the result in %,d of the %,d calls that were checked"
              .formatted(fact.unused(), fact.calls()));
    }
    return parts;
  }

  /// Over what a loop ran; empty where its items changed, or it seldom ran.
  public static Optional<String> of(LoopFact fact) {
    return fact.compared() > 1 && fact.unchanged() * 2 > fact.compared()
        ? Optional.of(
            "%,d of %,d runs of this loop had the same items as the run compared before it"
                .formatted(fact.unchanged(), fact.compared()))
        : Optional.empty();
  }

  /// How a process differs from its siblings.
  public static String of(FactDifference fact) {
    var what =
        switch (fact.kind()) {
          case READ_BACK -> "reads values of the device on the host";
          case SYNC -> "waits for the device";
          case COPY -> "copies " + fact.detail();
          case DEVICE_OP -> "launches %s on the device".formatted(fact.detail());
          case HOST_TENSOR_OP -> "runs %s on the host".formatted(fact.detail());
          case GRAPH_REPLAY -> "replays a captured graph";
          case GC_PAUSE -> "garbage collection of %s takes".formatted(fact.detail());
          case WAIT, SERIALISE, COLLECTIVE -> fact.detail() + " takes";
          case LOG_OFF -> "logs at %s, which is off,".formatted(fact.detail());
          case LOG_ON -> "logs at %s, which is on,".formatted(fact.detail());
          case ENVIRONMENT -> "reads the environment variable " + fact.detail();
          case EXCEPTION -> "raises and handles " + fact.detail();
        };
    return FactDifference.isTime(fact.kind())
        ? "%s %s a step; the median process, %s"
            .formatted(what, duration(fact.eachStep()), duration(fact.median()))
        : "%s %s times a step; the median process, %s"
            .formatted(what, digits(fact.eachStep()), digits(fact.median()));
  }

  private static String times(LineFact fact, long steps) {
    var count = "%,d %s".formatted(fact.count(), fact.count() == 1 ? "time" : "times");
    double each = (double) fact.count() / steps;
    boolean isRare = each < 0.95 || fact.kind() == LineFact.Kind.GC_PAUSE;
    return steps <= 1
        ? count
        : isRare
            ? "%s in %,d steps".formatted(count, steps)
            : "%s (%s a step)".formatted(count, digits(each));
  }

  private static String seconds(LineFact fact) {
    return duration(fact.seconds());
  }

  private static String duration(double seconds) {
    return seconds >= 1
        ? digits(seconds) + " s"
        : seconds >= 1e-3 ? digits(seconds * 1e3) + " ms" : digits(seconds * 1e6) + " µs";
  }

  private static String digits(double value) {
    if (value == Math.rint(value)) {
      return "%,d".formatted((long) value);
    }
    var format = value >= 1_000 ? "%,.0f" : value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String bytes(long bytes) {
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
