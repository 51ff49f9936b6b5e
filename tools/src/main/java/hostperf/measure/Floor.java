package hostperf.measure;

import hostperf.verdict.Judged;
import hostperf.verdict.Noise;
import hostperf.verdict.Pair;
import java.util.ArrayList;
import java.util.List;

/// What the machine itself pretends to: the same code measured against itself, at the start of a
/// run. A gain below the floor's size is not told from it.
public sealed interface Floor {
  /// @param size the estimate's size, relative; of the larger one where it was measured twice
  /// @param noise over all pairs of the same code
  record Known(double size, Noise noise) implements Floor {}

  /// A difference showed where there is none: one time in twenty that is chance, so it is
  /// measured once more.
  record RepeatNeeded() implements Floor {}

  /// A difference showed twice: nothing can be judged on this machine as it is.
  record Unsteady(Judged first, Judged second) implements Floor {
    public String reason() {
      return "The same code twice differed from itself: %s Again: %s Steady the machine (other load, clocks, temperature) and start again."
          .formatted(first.reason(), second.reason());
    }
  }

  /// @param rounds the samples of each complete A/A measurement, in order: one or two
  static Floor of(Question question, List<List<Sample>> rounds) {
    List<Judged> judged = rounds.stream().map(round -> question.looks(round).getLast()).toList();
    if (judged.stream().allMatch(Floor::isDifferent)) {
      return judged.size() == 1
          ? new RepeatNeeded()
          : new Unsteady(judged.getFirst(), judged.getLast());
    }
    List<Pair> pairs = new ArrayList<>();
    rounds.forEach(round -> pairs.addAll(question.pairs(round)));
    double size = judged.stream().mapToDouble(j -> Math.abs(j.estimate())).max().orElseThrow();
    return new Known(size, Noise.ofSame(question.metric().better(), pairs));
  }

  private static boolean isDifferent(Judged judged) {
    return switch (judged.verdict()) {
      case IMPROVED, REGRESSED -> true;
      case UNCHANGED, INCONCLUSIVE -> false;
    };
  }
}
