package hostperf.server.autopilot;

/// What to do about a hotspot.
sealed interface Choice {
  record Take(Suggestion option, String why) implements Choice {}

  /// Goes on with the next hotspot.
  record Pass(String why) implements Choice {}

  /// Ends the run: the one who chooses cannot be relied on.
  record Stop(String why) implements Choice {}
}
