package hostperf.profile;

/// Which way a metric improves.
public enum Better {
  HIGHER,
  LOWER
}
