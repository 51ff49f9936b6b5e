package hostperf.unittest;

/// A test that did not pass.
///
/// @param id as pytest takes it, relative to where the command runs
///     (`tests/test_a.py::TestK::test_m`), or the file alone where it could not be collected
/// @param message what was said about it, on one line of at most 500 characters
public record Failure(String id, Kind kind, String message) {

  public enum Kind {
    /// An assertion, or an exception in the test.
    FAILED,
    /// An exception in its set-up or tear-down.
    ERROR,
    /// The file could not be imported; its tests did not run.
    NOT_COLLECTED,
    /// It was skipped, or is not there any more, although it runs without the change.
    LEFT_OUT
  }

  /// The file it stands in.
  String file() {
    int end = id.indexOf("::");
    return end < 0 ? id : id.substring(0, end);
  }
}
