package hostperf.trace.read;

/// What came of reading a trace file.
public sealed interface Reading {
  record Read(Trace trace) implements Reading {}

  /// @param missing what the file lacks
  /// @param next what to do or capture instead
  record Unreadable(String reason, String missing, String next) implements Reading {}
}
