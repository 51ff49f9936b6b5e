package hostperf.measure;

import hostperf.repository.CheckoutState;
import hostperf.verdict.Side;

/// The checkout during a measurement: the patched files show one version or the other, nothing
/// else is touched; HEAD and index stay.
///
/// Each change of version deletes the cached bytecode of the swapped files: Python tells a stale
/// cache by size and second only, so equal-sized versions swapped within a second run the wrong
/// one. An implementation never overwrites content that is neither version (someone else's
/// edit): it throws a `Refusal` that names the file.
public interface Swap {
  void base();

  void candidate();

  /// Puts back what was there before the measurement.
  void restore();

  /// What lies in the checkout now, but for what the workload is there to write.
  CheckoutState state();

  default void show(Side side) {
    switch (side) {
      case BASE -> base();
      case CANDIDATE -> candidate();
    }
  }
}
