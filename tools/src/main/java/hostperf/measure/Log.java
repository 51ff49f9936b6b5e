package hostperf.measure;

/// Where a measurement tells each step, before it goes on.
@FunctionalInterface
public interface Log {
  void step(MeasurementEvent step);
}
