package hostperf.run;

/// A measurement could not go on, so nothing may be concluded; the reason is for the answer.
final class MeasurementStopped extends RuntimeException {
  MeasurementStopped(String reason) {
    super(reason);
  }
}
