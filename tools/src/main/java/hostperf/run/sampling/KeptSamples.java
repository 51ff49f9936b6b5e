package hostperf.run.sampling;

import hostperf.journal.Event;
import hostperf.journal.Journal;
import hostperf.journal.OwnSamples;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.measure.MeasurementEvent;
import hostperf.measure.Sample;
import java.util.List;

/// The samples of one run's measurements, kept as they come, so that a killed measurement goes on
/// where it stopped.
public final class KeptSamples {
  private final RunId run;
  private final Journal journal;
  private final OwnSamples own;

  public KeptSamples(Runs runs, RunId run) {
    this.run = run;
    this.journal = runs.journal(run);
    this.own = runs.samples();
  }

  /// @param measurement `aa-1`, a patch id, or `final`
  public List<Sample> of(String measurement) {
    return own.of(run, measurement);
  }

  /// Those of all other measurements of the run.
  List<Sample> besides(String measurement) {
    return own.besides(run, measurement);
  }

  /// What the launches of all measurements took that gave figures, the latest last.
  public double[] seconds() {
    return besides("").stream()
        .filter(Sample::isTaken)
        .mapToDouble(sample -> sample.launched().seconds())
        .toArray();
  }

  /// How many samples in the journal nobody here took.
  public int strangers() {
    return own.strangers(run, journal);
  }

  /// Keeps what has to be kept of a step.
  public void keep(String measurement, MeasurementEvent step) {
    switch (step) {
      case MeasurementEvent.Took took -> own.keep(run, journal, measurement, took.sample());
      case MeasurementEvent.Changed changed ->
          journal.append(
              new Event.Noted(
                  "measurement",
                  "changed in the checkout meanwhile: " + String.join("; ", changed.what())));
      case MeasurementEvent.Swapping _,
          MeasurementEvent.Extended _,
          MeasurementEvent.Restored _ -> {}
    }
  }
}
