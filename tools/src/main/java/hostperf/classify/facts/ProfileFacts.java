package hostperf.classify.facts;

import hostperf.fact.FactText;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import java.util.Optional;

/// What the facts pass saw at the lines of a statement.
final class ProfileFacts {
  /// A function that holds the lock for less of its time does hardly any Python work.
  private static final double LITTLE = 0.1;

  /// A collection begins on whichever line makes the next object. It is what a line costs only
  /// where the collections that began there take this part of the line's time at least.
  private static final double MOSTLY = 0.5;

  /// One collection may have been held up by anything.
  private static final long ENOUGH_PAUSES = 5;

  private ProfileFacts() {}

  /// @param measured facts of the statement's lines alone
  /// @param share of the steps' time that the statement takes
  static void add(Facts measured, double share, FactList facts) {
    for (var line : measured.lines()) {
      if (line.kind() == LineFact.Kind.GC_PAUSE
          && (line.count() < ENOUGH_PAUSES || part(line, measured) < MOSTLY * share)) {
        continue;
      }
      known(
          line.kind(),
          facts,
          "Line %d: %s".formatted(line.place().line(), FactText.of(line, measured.counted())));
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

  /// Of the time of the steps that it was counted in; 1 where that is not known.
  private static double part(LineFact line, Facts measured) {
    return measured.counted().share(line).orElse(1.0);
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
      case LOG_ON -> facts.measured(Known.DID_LOG, "%s", sentence);
      case ENVIRONMENT -> facts.measured(Known.ASKS_SURROUNDINGS, "%s", sentence);
      case HOST_TENSOR_OP, EXCEPTION -> {}
    }
  }
}
