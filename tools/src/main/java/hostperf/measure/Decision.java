package hostperf.measure;

/// What follows from a verdict.
public enum Decision {
  KEEP,
  ROLL_BACK,
  /// The samples leave it open, and more of them can settle it.
  MEASURE_MORE,
  /// The numbers are good but not plausible: a person decides, through approval.
  HOLD;
}
