package hostperf.measure;

import hostperf.verdict.Judged;
import java.util.List;

/// What a measurement does, told in time for a journal: `Swapping` before files change, `Took`
/// as soon as a launch has ended. The samples of all `Took` are what a killed measurement needs
/// to go on.
public sealed interface MeasurementEvent {
  /// The patched files are about to show another version; until `Restored` a reader of the journal
  /// must assume that they do.
  record Swapping(Slot slot) implements MeasurementEvent {}

  record Took(Sample sample) implements MeasurementEvent {}

  /// The checkout was changed, each as "<path> …": between two launches by someone else, during one
  /// perhaps by the workload.
  record Changed(List<String> what) implements MeasurementEvent {
    public Changed {
      what = List.copyOf(what);
    }
  }

  /// The first look was open, so the planned extension begins.
  record Extended(Judged firstLook) implements MeasurementEvent {}

  /// The files are back as they were before the measurement.
  record Restored() implements MeasurementEvent {}
}
