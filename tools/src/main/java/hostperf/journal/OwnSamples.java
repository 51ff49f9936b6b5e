package hostperf.journal;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.measure.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The samples that count: those that this process took, held in its memory, and those that a run's
/// journal had when this process first read it, before it launched anything.
///
/// The journal alone does not do, since patched code runs as the same user and can append lines
/// while it is measured. A verdict rests on what is here; a line that is in the journal and not
/// here is no sample.
public final class OwnSamples {
  private static final JsonMapper JSON = StrictJson.builder().build();

  private final Map<RunId, List<Event.Measured>> known = new HashMap<>();

  /// Takes the samples of an earlier process over, once a run. Two samples for one launch of a
  /// measurement cannot both be true, so neither is taken over.
  synchronized void adopt(RunId run, Journal journal) {
    if (!known.containsKey(run)) {
      var lines = measured(journal);
      var slots =
          lines.stream().collect(Collectors.groupingBy(OwnSamples::place, Collectors.counting()));
      known.put(
          run,
          new ArrayList<>(
              lines.stream().filter(l -> slots.getOrDefault(place(l), 0L) == 1).toList()));
    }
  }

  /// What counts of a measurement, in the order it was taken.
  public synchronized List<Sample> of(RunId run, String measurement) {
    return known.getOrDefault(run, List.of()).stream()
        .filter(line -> line.patchId().equals(measurement))
        .map(OwnSamples::sample)
        .toList();
  }

  /// What counts of all measurements of a run but one, in the order it was taken.
  public synchronized List<Sample> besides(RunId run, String measurement) {
    return known.getOrDefault(run, List.of()).stream()
        .filter(line -> !line.patchId().equals(measurement))
        .map(OwnSamples::sample)
        .toList();
  }

  /// Keeps a sample that this process took: first here, then in the journal.
  public synchronized void keep(RunId run, Journal journal, String measurement, Sample sample) {
    var line = new Event.Measured(measurement, JSON.writeValueAsString(sample));
    known.computeIfAbsent(run, _ -> new ArrayList<>()).add(line);
    journal.append(line);
  }

  /// How many samples the journal has that do not count.
  public synchronized int strangers(RunId run, Journal journal) {
    var strange = new ArrayList<>(measured(journal));
    known.getOrDefault(run, List.of()).forEach(strange::remove);
    return strange.size();
  }

  private static List<Event.Measured> measured(Journal journal) {
    return journal.entries().stream()
        .map(Journal.Entry::event)
        .filter(Event.Measured.class::isInstance)
        .map(Event.Measured.class::cast)
        .toList();
  }

  private static String place(Event.Measured line) {
    return line.patchId() + " " + sample(line).slot().label();
  }

  public static Sample sample(Event.Measured line) {
    try {
      return JSON.readValue(line.detail(), Sample.class);
    } catch (JacksonException e) {
      throw new Refusal(
          "A sample of %s in the run's journal cannot be read.".formatted(line.patchId()),
          "It was changed or damaged: put the file back from a copy, or move its folder away.",
          e);
    }
  }
}
