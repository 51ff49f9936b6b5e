package hostperf.run;

import hostperf.measure.Sample;
import hostperf.measure.Step;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The samples of a run's measurements, kept in its journal as they come, so that a killed
/// measurement goes on where it stopped.
final class KeptSamples {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Journal journal;

  KeptSamples(Journal journal) {
    this.journal = journal;
  }

  /// @param measurement `aa-1`, a patch id, or `final`
  List<Sample> of(String measurement) {
    return journal.entries().stream()
        .map(Journal.Entry::event)
        .filter(e -> e instanceof Event.Measured m && m.patchId().equals(measurement))
        .map(e -> JSON.readValue(((Event.Measured) e).detail(), Sample.class))
        .toList();
  }

  /// Keeps what has to be kept of a step.
  void keep(String measurement, Step step) {
    switch (step) {
      case Step.Took took ->
          journal.append(new Event.Measured(measurement, JSON.writeValueAsString(took.sample())));
      case Step.Changed changed ->
          journal.append(
              new Event.Noted(
                  "measurement",
                  "changed in the checkout meanwhile: " + String.join("; ", changed.what())));
      case Step.Swapping _, Step.Extended _, Step.Restored _ -> {}
    }
  }
}
