package hostperf.classify;

import hostperf.fact.FactText;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;

/// What the facts pass saw at the lines of a statement.
final class ProfileFacts {
  private ProfileFacts() {}

  /// @param measured facts of the statement's lines alone
  static void add(Facts measured, FactList facts) {
    for (var line : measured.lines()) {
      known(
          line.kind(),
          facts,
          "Line %d: %s".formatted(line.place().line(), FactText.of(line, measured.counted())));
    }
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
}
