package hostperf.unittest;

/// What reading a report of tests came to.
sealed interface ReadReport {
  record Whole(TestReport report) implements ReadReport {}

  /// The run left none.
  record Missing() implements ReadReport {}

  /// There is one, and it cannot be used.
  ///
  /// @param why the end of "the report …"
  record Unreadable(String why) implements ReadReport {}
}
