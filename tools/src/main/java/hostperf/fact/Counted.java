package hostperf.fact;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Over which steps facts were counted: calls of the root after its warm-up, over all processes.
///
/// @param alone steps that nothing looked at
/// @param watched steps that the cheap collectors looked at
/// @param closely steps that all collectors looked at
/// @param onlyClosely kinds that costly collectors see
/// @param onlyAlone kinds that what looks at a step would bring about itself
public record Counted(
    Steps alone,
    Steps watched,
    Steps closely,
    Set<LineFact.Kind> onlyClosely,
    Set<LineFact.Kind> onlyAlone) {
  public static final Counted NOTHING =
      new Counted(Steps.NONE, Steps.NONE, Steps.NONE, Set.of(), Set.of());

  public Counted {
    onlyClosely = Set.copyOf(onlyClosely);
    onlyAlone = Set.copyOf(onlyAlone);
  }

  /// @param seconds their time, collectors included
  public record Steps(long count, double seconds) {
    public static final Steps NONE = new Steps(0, 0);

    public Steps and(Steps others) {
      return new Steps(count + others.count, seconds + others.seconds);
    }

    public double mean() {
      return seconds / count;
    }
  }

  /// All of them looked at closely.
  public static Counted in(long steps, double seconds) {
    return new Counted(Steps.NONE, Steps.NONE, new Steps(steps, seconds), Set.of(), Set.of());
  }

  /// These and what was counted in another process.
  Counted and(Counted others) {
    return new Counted(
        alone.and(others.alone),
        watched.and(others.watched),
        closely.and(others.closely),
        union(onlyClosely, others.onlyClosely),
        union(onlyAlone, others.onlyAlone));
  }

  private static Set<LineFact.Kind> union(Set<LineFact.Kind> one, Set<LineFact.Kind> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
  }

  /// Whether any step was counted.
  public boolean hasSteps() {
    return alone.count + watched.count + closely.count > 0;
  }

  /// Those in which this kind was counted.
  public long steps(LineFact.Kind kind) {
    return onlyClosely.contains(kind)
        ? closely.count
        : onlyAlone.contains(kind) ? alone.count : watched.and(closely).count;
  }

  /// How long these steps took.
  public double seconds(LineFact.Kind kind) {
    return onlyClosely.contains(kind)
        ? closely.seconds
        : onlyAlone.contains(kind) ? alone.seconds : watched.and(closely).seconds;
  }

  /// How much of the time of the steps that it was counted in a fact took, 0 to 1; absent where
  /// that time is not known.
  public Optional<Double> share(LineFact fact) {
    double all = seconds(fact.kind());
    return all == 0 ? Optional.empty() : Optional.of(Math.min(1, fact.seconds() / all));
  }

  /// How many times longer all these steps took than they would have, had none been looked at;
  /// absent where none was left alone.
  public Optional<Double> slowdown() {
    var all = alone.and(watched).and(closely);
    return alone.count == 0 || alone.seconds == 0
        ? Optional.empty()
        : Optional.of(all.mean() / alone.mean());
  }
}
