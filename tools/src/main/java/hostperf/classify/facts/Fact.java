package hostperf.classify.facts;

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

  /// Whether it has a figure of its own: what a pass measured but for the line's cost, or how often
  /// a loop turned. What the source says, its reader sees.
  public boolean isCounted() {
    return switch (known) {
      case SLOW_HIT -> false;
      default -> source == Source.MEASURED;
    };
  }

  public boolean isFirm() {
    return source != Source.NAMED;
  }
}
