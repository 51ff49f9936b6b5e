package hostperf.trace.analyse;

import java.util.List;
import java.util.Optional;

/// Calls in which the host waits for the device.
///
/// @param perLayer calls per step and layer; absent where no NVTX range names layers
public record SyncCalls(
    double perStep, double usPerStep, Optional<Double> perLayer, List<ByName> calls) {
  public SyncCalls {
    calls = List.copyOf(calls);
  }

  /// @param name without the version that an export adds
  public record ByName(String name, double perStep, double usPerStep) {}
}
