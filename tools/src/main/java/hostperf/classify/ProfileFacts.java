package hostperf.classify;

import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import java.util.Locale;
import java.util.Optional;

/// What the facts pass saw at the lines of a statement.
final class ProfileFacts {
  /// A function that holds the lock for less of its time does hardly any Python work.
  private static final double LITTLE = 0.1;

  private ProfileFacts() {}

  /// @param measured facts of the statement's lines alone
  static void add(Facts measured, FactList facts) {
    for (var line : measured.lines()) {
      known(line.kind(), facts, sentence(line));
    }
  }

  /// Native code and waiting give the lock back; Python code holds it.
  static void add(Spot spot, Optional<Double> holding, FactList facts) {
    holding
        .filter(h -> h < LITTLE)
        .ifPresent(
            h ->
                facts.measured(
                    Known.LOCK_NOT_HELD,
                    "`%s` held the interpreter lock in %.0f%% of its own time",
                    spot.function().name(),
                    100 * h));
  }

  private static void known(LineFact.Kind kind, FactList facts, String sentence) {
    switch (kind) {
      case READ_BACK -> facts.measured(Known.DID_READ_BACK, "%s", sentence);
      case SYNC -> facts.measured(Known.DID_SYNCHRONIZE, "%s", sentence);
      case COPY -> facts.measured(Known.DID_COPY, "%s", sentence);
      case DEVICE_OP -> facts.measured(Known.DID_LAUNCH, "%s", sentence);
      case GRAPH_REPLAY -> facts.measured(Known.DID_REPLAY, "%s", sentence);
      case GC_PAUSE -> facts.measured(Known.DID_COLLECT, "%s", sentence);
      case WAIT -> facts.measured(Known.DID_WAIT, "%s", sentence);
      case SERIALISE -> facts.measured(Known.DID_SERIALISE, "%s", sentence);
      case COLLECTIVE -> facts.measured(Known.DID_EXCHANGE, "%s", sentence);
      case LOG_OFF -> facts.measured(Known.DID_LOG_NOTHING, "%s", sentence);
      case HOST_TENSOR_OP, EXCEPTION -> {}
    }
  }

  private static String sentence(LineFact fact) {
    var what =
        switch (fact.kind()) {
          case READ_BACK -> "read a value of the device back";
          case SYNC -> "made host and device synchronise";
          case COPY -> "copied between host and device";
          case DEVICE_OP -> "launched an operation on the device";
          case HOST_TENSOR_OP -> "ran a tensor operation on the host";
          case GRAPH_REPLAY -> "launched a captured graph";
          case GC_PAUSE ->
              "started a garbage collection, to which this pass adds objects of its own,";
          case WAIT -> "waited";
          case SERIALISE -> "turned values into bytes or back";
          case COLLECTIVE -> "called torch.distributed";
          case LOG_OFF -> "made a log call below the logger's level";
          case EXCEPTION -> "raised an exception";
        };
    return String.format(
        Locale.ROOT,
        "Line %d %s %,d times%s%s",
        fact.place().line(),
        what,
        fact.count(),
        fact.detail().isBlank() ? "" : " (" + fact.detail() + ")",
        fact.seconds() > 0
            ? String.format(Locale.ROOT, ", %.1f ms in all", fact.seconds() * 1e3)
            : "");
  }
}
