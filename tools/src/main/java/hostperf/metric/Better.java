package hostperf.metric;

/// Which way a metric improves.
public enum Better {
  HIGHER,
  LOWER;

  /// A gain as the metric's own change, and the other way round: what should be lower falls where
  /// it gains.
  public double signed(double gain) {
    return switch (this) {
      case HIGHER -> gain;
      case LOWER -> -gain;
    };
  }

  public String word() {
    return switch (this) {
      case HIGHER -> "higher";
      case LOWER -> "lower";
    };
  }
}
