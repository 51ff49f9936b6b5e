package hostperf.run.sampling;

import java.util.Optional;

/// A measurement could not go on, so nothing may be concluded; the reason is for the answer.
public final class MeasurementStopped extends RuntimeException {
  private final Optional<BusyMachine> busy;

  MeasurementStopped(String reason) {
    super(reason);
    this.busy = Optional.empty();
  }

  MeasurementStopped(BusyMachine busy) {
    super(busy.used());
    this.busy = Optional.of(busy);
  }

  /// Where others are why.
  public Optional<BusyMachine> busy() {
    return busy;
  }
}
