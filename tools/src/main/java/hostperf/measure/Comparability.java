package hostperf.measure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// Samples are comparable when every identity field is equal.
final class Comparability {
  private Comparability() {}

  /// Why this sample is not comparable with those before it, naming the field.
  static Optional<String> objection(Sample sample, List<Sample> earlier) {
    return earlier.stream()
        .filter(Comparability::hasIdentity)
        .findFirst()
        .filter(_ -> hasIdentity(sample))
        .flatMap(first -> objection(first, sample));
  }

  private static Optional<String> objection(Sample first, Sample now) {
    var before = first.launched().surroundings().identity();
    var after = now.launched().surroundings().identity();
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

  private static boolean hasIdentity(Sample sample) {
    return !sample.launched().surroundings().identity().isEmpty();
  }
}
