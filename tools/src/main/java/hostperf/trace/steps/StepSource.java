package hostperf.trace.steps;

import java.util.Optional;

/// By what the steps of a process are known.
///
/// @param engine whose ranges they are
public record StepSource(How how, Optional<String> engine) {

  /// From the surest to the least sure.
  public enum How {
    /// Ranges name them.
    RANGES,
    /// Each ends when its results are copied to the host.
    READ_BACKS,
    /// Each begins with the same kernels.
    KERNELS,
    /// No period was found: figures are of the whole window.
    WHOLE_WINDOW
  }

  public static StepSource found(How how) {
    return new StepSource(how, Optional.empty());
  }
}
