package hostperf.trace.steps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The steps of a process: by what they are known, and how many there are of each kind.
///
/// @param engine whose ranges name them
/// @param kinds of steps, most frequent first
public record StepKinds(StepSource.How how, Optional<String> engine, int count, List<Kind> kinds) {
  private static final int LISTED = 6;

  public StepKinds {
    kinds = List.copyOf(kinds);
  }

  /// @param meanUs wall time of a step, from its start to the next one's
  public record Kind(String makeUp, Step.Phase phase, int steps, double meanUs) {}

  public static StepKinds of(StepSource source, Periods periods) {
    record Key(MakeUp makeUp, Step.Phase phase) {}
    Map<Key, List<Integer>> byKind =
        new TreeMap<>(Comparator.comparing(Key::makeUp).thenComparing(Key::phase));
    for (int period = 0; period < periods.count(); period++) {
      int at = period;
      periods
          .step(period)
          .ifPresent(
              step ->
                  byKind
                      .computeIfAbsent(new Key(step.makeUp(), step.phase()), _ -> new ArrayList<>())
                      .add(at));
    }
    var kinds = new ArrayList<Kind>();
    byKind.forEach(
        (key, steps) ->
            kinds.add(
                new Kind(
                    key.makeUp().label(),
                    key.phase(),
                    steps.size(),
                    steps.stream().mapToLong(periods::length).average().orElse(0) / 1e3)));
    kinds.sort(Comparator.comparingInt(Kind::steps).reversed());
    return new StepKinds(
        source.how(),
        source.engine(),
        periods.hasSteps() ? periods.count() : 0,
        kinds.subList(0, Math.min(LISTED, kinds.size())));
  }
}
