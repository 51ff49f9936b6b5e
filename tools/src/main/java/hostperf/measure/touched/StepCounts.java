package hostperf.measure.touched;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineProfile;
import hostperf.stacks.Root;
import java.util.Optional;

/// How many steps two profiles are of, so that profiles of different length compare.
public record StepCounts(long before, long after) {
  /// Absent where one of the profiles has not counted the root's calls.
  public static Optional<StepCounts> of(Root root, LineProfile before, LineProfile after) {
    if (root.how() == Root.How.WHOLE) {
      return Optional.of(new StepCounts(1, 1));
    }
    var steps = new StepCounts(calls(root, before), calls(root, after));
    return steps.before() > 0 && steps.after() > 0 ? Optional.of(steps) : Optional.empty();
  }

  private static long calls(Root root, LineProfile profile) {
    return SpotChange.function(root.function(), root.file(), profile)
        .map(FunctionProfile::calls)
        .orElse(0L);
  }
}
