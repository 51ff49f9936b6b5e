package hostperf.patch;

/// A line of a patch that could make figures or tests look better without making the code better.
/// It proves nothing; a person has to look at it before the patch is applied.
///
/// @param line in the file after the change for `ADDED`, before it for `REMOVED`
/// @param source the line's text, trimmed
public record Finding(String file, int line, Side side, Suspicion suspicion, String source) {

  public enum Side {
    ADDED,
    REMOVED
  }

  /// As `pkg/a.py:12`.
  public String place() {
    return file + ":" + line;
  }
}
