package hostperf.run;

import hostperf.journal.Event;
import hostperf.journal.Journal;
import hostperf.journal.OwnSamples;
import hostperf.measure.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The samples in a run's journal as they stand there, for showing only: verdicts rest on those
/// that the measuring process holds.
///
/// @param measurement a patch id, `aa-1` for the same code against itself, or one beginning with
///     `final`
public record TakenSamples(String measurement, List<Sample> samples) {
  public TakenSamples {
    samples = List.copyOf(samples);
  }

  /// Of each measurement, the earliest first.
  public static List<TakenSamples> in(Journal journal) {
    Map<String, List<Sample>> all = new LinkedHashMap<>();
    for (var entry : journal.entries()) {
      if (entry.event() instanceof Event.Measured line) {
        all.computeIfAbsent(line.patchId(), _ -> new ArrayList<>()).add(OwnSamples.sample(line));
      }
    }
    return all.entrySet().stream().map(e -> new TakenSamples(e.getKey(), e.getValue())).toList();
  }
}
