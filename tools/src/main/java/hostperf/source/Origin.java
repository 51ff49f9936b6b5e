package hostperf.source;

/// Where a value lives, and why one thinks so.
///
/// @param why a clause a person can check: "`logits` is created on `cuda` at line 41"
/// @param byName true where only a habit of naming (`_gpu`, `host_`) speaks for it
public record Origin(Device device, String why, boolean byName) {
  static final Origin UNKNOWN = new Origin(Device.UNKNOWN, "its origin is not seen", false);

  static Origin seen(Device device, String why) {
    return new Origin(device, why, false);
  }

  static Origin named(Device device, String why) {
    return new Origin(device, why, true);
  }

  /// Whether the code shows it; a habit of naming is no proof.
  public boolean isSeen() {
    return isKnown() && !byName;
  }

  boolean isKnown() {
    return device != Device.UNKNOWN;
  }
}
