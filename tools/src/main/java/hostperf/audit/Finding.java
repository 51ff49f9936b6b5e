package hostperf.audit;

/// A piece of a patch that could make figures or tests look better without making the code better.
/// It proves nothing; a person has to look at it before the patch is applied.
///
/// @param line in the file after the change for `ADDED`, before it for `REMOVED`
/// @param what it does, as the end of "This line …"
/// @param source the line's text, trimmed
public record Finding(
    String file, int line, Side side, Suspicion suspicion, String what, String source) {

  public enum Side {
    ADDED,
    REMOVED
  }

  /// As `pkg/a.py:12`.
  public String place() {
    return file + ":" + line;
  }

  /// Where it is, what it does, why it is asked about, and the line itself.
  public String sentence() {
    return "%s %s%s: %s. Line: %s"
        .formatted(
            place(), side == Side.REMOVED ? "(removed) " : "", what, suspicion.why(), source);
  }
}
