package hostperf.server.model;

/// What came of a question to a model.
public sealed interface ModelReply {
  /// @param input tokens, counted by the endpoint or estimated
  record Answered(Turn.Said said, int input, int output) implements ModelReply {}

  /// No answer: retries included, nothing that asking again now would mend.
  ///
  /// @param why without keys
  record Failed(String why) implements ModelReply {}
}
