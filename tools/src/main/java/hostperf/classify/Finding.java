package hostperf.classify;

/// One reason to call a statement a type.
///
/// @param confidence 0 to 1: the share of statements of this shape for which an engineer would
///     name the type first
/// @param evidence a sentence a person can check in the source or the profile
/// @param waits the host waits on purpose, so the line is no target
record Finding(HotspotType type, double confidence, String evidence, boolean waits) {
  static Finding of(HotspotType type, double confidence, String evidence) {
    return new Finding(type, confidence, evidence, false);
  }

  static Finding wait(double confidence, String evidence) {
    return new Finding(HotspotType.SYNC, confidence, evidence, true);
  }
}
