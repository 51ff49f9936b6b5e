package hostperf.measure;

import hostperf.verdict.Plan;
import hostperf.verdict.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which launch comes next, told from the samples alone, so that a measurement goes on after a
/// kill exactly where it stopped.
record Schedule(Plan plan, List<Sample> samples) {
  /// A pair is taken once and repeated at most twice, what others disturbed not counted.
  static final int ATTEMPTS = 3;

  Schedule {
    samples = List.copyOf(samples);
  }

  sealed interface Next {
    record Launch(Slot slot) implements Next {}

    record Lost(int pair) implements Next {}

    record Done() implements Next {}
  }

  Next next(int pairs) {
    long warm = samples.stream().filter(sample -> sample.slot().pair() == Slot.WARM_UP).count();
    if (warm < plan.warmUps()) {
      Side side = warm % 2 == 0 ? Side.BASE : Side.CANDIDATE;
      return new Next.Launch(new Slot(Slot.WARM_UP, (int) warm + 1, side));
    }
    for (int pair = 1; pair <= pairs; pair++) {
      var next = next(pair, Plan.first(pair));
      if (next.isPresent()) {
        return next.get();
      }
    }
    return new Next.Done();
  }

  /// Absent when the pair is complete.
  private Optional<Next> next(int pair, Side first) {
    int disturbed = 0;
    for (int attempt = 1; attempt <= ATTEMPTS + disturbed; attempt++) {
      List<Sample> taken = attempt(pair, attempt);
      disturbed += taken.stream().anyMatch(Sample::disturbed) ? 1 : 0;
      boolean isSpoilt = !taken.stream().allMatch(Sample::isTaken);
      if (!isSpoilt && taken.size() == 2) {
        return Optional.empty();
      }
      if (!isSpoilt) {
        Side second = first == Side.BASE ? Side.CANDIDATE : Side.BASE;
        var slot = new Slot(pair, attempt, taken.isEmpty() ? first : second);
        return Optional.of(new Next.Launch(slot));
      }
    }
    return Optional.of(new Next.Lost(pair));
  }

  List<Sample> attempt(int pair, int attempt) {
    return samples.stream()
        .filter(sample -> sample.slot().pair() == pair && sample.slot().attempt() == attempt)
        .toList();
  }

  /// The complete pairs in their order, base first in each.
  static List<List<Sample>> complete(List<Sample> samples) {
    List<List<Sample>> complete = new ArrayList<>();
    for (Sample base : samples) {
      if (base.slot().pair() != Slot.WARM_UP && base.slot().side() == Side.BASE && base.isTaken()) {
        partner(base, samples).ifPresent(candidate -> complete.add(List.of(base, candidate)));
      }
    }
    complete.sort(Comparator.comparingInt(pair -> pair.getFirst().slot().pair()));
    return complete;
  }

  private static Optional<Sample> partner(Sample base, List<Sample> samples) {
    var slot = new Slot(base.slot().pair(), base.slot().attempt(), Side.CANDIDATE);
    return samples.stream()
        .filter(sample -> sample.slot().equals(slot) && sample.isTaken())
        .findFirst();
  }
}
