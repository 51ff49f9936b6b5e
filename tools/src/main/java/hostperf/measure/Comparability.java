package hostperf.measure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// Samples are comparable when every identity field is equal, and within a pair the placement.
final class Comparability {
  private Comparability() {}

  /// Why this sample is not comparable with those before it, naming the field.
  static Optional<String> objection(Sample sample, List<Sample> earlier) {
    return first(earlier, _ -> true, Surroundings::identity)
        .flatMap(first -> objection(first, sample, Surroundings::identity))
        .or(
            () ->
                first(earlier, s -> isOfSamePair(s, sample), Surroundings::placement)
                    .flatMap(first -> objection(first, sample, Surroundings::placement)));
  }

  private static boolean isOfSamePair(Sample one, Sample other) {
    return one.slot().pair() == other.slot().pair()
        && one.slot().attempt() == other.slot().attempt();
  }

  /// The first of which this is known.
  private static Optional<Sample> first(
      List<Sample> samples,
      Predicate<Sample> wanted,
      Function<Surroundings, Map<String, String>> part) {
    return samples.stream()
        .filter(wanted)
        .filter(s -> !part.apply(s.launched().surroundings()).isEmpty())
        .findFirst();
  }

  private static Optional<String> objection(
      Sample first, Sample now, Function<Surroundings, Map<String, String>> part) {
    var before = part.apply(first.launched().surroundings());
    var after = part.apply(now.launched().surroundings());
    if (after.isEmpty()) {
      return Optional.empty();
    }
    var fields = new TreeSet<>(before.keySet());
    fields.addAll(after.keySet());
    return fields.stream()
        .filter(field -> !Objects.equals(before.get(field), after.get(field)))
        .findFirst()
        .map(
            field ->
                "Not comparable: `%s` was %s at %s and is %s at %s."
                    .formatted(
                        field,
                        before.getOrDefault(field, "not known"),
                        first.slot().label(),
                        after.getOrDefault(field, "not known"),
                        now.slot().label()));
  }
}
