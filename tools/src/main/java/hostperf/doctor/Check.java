package hostperf.doctor;

/// One thing that was looked at.
///
/// @param what what was found
/// @param mend how to put it right; empty when nothing is wrong
public record Check(String subject, State state, String what, String mend) {
  /// Whether a run can do with it.
  public enum State {
    OK,
    /// A run works, but its figures may not be what they could.
    WARNING,
    /// No run without it.
    MISSING
  }

  static Check ok(String subject, String what) {
    return new Check(subject, State.OK, what, "");
  }

  static Check warning(String subject, String what, String mend) {
    return new Check(subject, State.WARNING, what, mend);
  }

  static Check missing(String subject, String what, String mend) {
    return new Check(subject, State.MISSING, what, mend);
  }
}
