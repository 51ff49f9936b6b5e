package hostperf.classify;

/// One thing known of a line.
///
/// @param text a sentence that a person can check in the profile or the source
public record Fact(Known known, Source source, String text) {
  /// How it is known; the stronger first.
  public enum Source {
    /// A pass of the profiler saw it.
    MEASURED,
    /// The source says it.
    SEEN,
    /// A name suggests it.
    NAMED
  }

  boolean isFirm() {
    return source != Source.NAMED;
  }
}
