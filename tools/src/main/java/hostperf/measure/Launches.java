package hostperf.measure;

/// Starts the workload once, unprofiled, and waits for it. A launch that went wrong is an answer
/// (`Launched.failure`), not an exception.
@FunctionalInterface
public interface Launches {
  /// @param slot whose label is unique within the measurement, for the launch's files
  Launched launch(Slot slot);
}
