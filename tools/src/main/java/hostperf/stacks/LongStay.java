package hostperf.stacks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A stretch of samples at one place that is most of what that place took: one call took long, or
/// something held the process up. Either way the share says little of the place's other calls.
///
/// @param at the engine's line
/// @param share of the root's steady time
public record LongStay(Frame at, double seconds, double share) {
  /// Less changes no ranking.
  private static final double WORTH_SAYING = 0.03;

  private static final double MOST = 0.5;

  /// The longest; empty where there is none, or where the profile has no order of time.
  ///
  /// @param folded gives a stack without what is not the engine's
  static Optional<LongStay> in(StackProfile wall, Root root, UnaryOperator<Stack> folded) {
    if (wall.unit() != StackProfile.Unit.SECONDS) {
      return Optional.empty();
    }
    Map<Frame, Double> own = new HashMap<>();
    Frame longest = null;
    double most = 0;
    double all = 0;
    var rootward = Steady.rootward(root);
    for (ThreadStacks track : wall.tracks()) {
      List<Frame> before = List.of();
      double stay = 0;
      for (Stack stack :
          track.isOrdered() ? Steady.of(track, rootward).stacks() : List.<Stack>of()) {
        stay = stack.frames().equals(before) ? stay + stack.weight() : stack.weight();
        before = stack.frames();
        all += stack.weight();
        var at = folded.apply(stack).frames().getLast();
        own.merge(at, stack.weight(), Double::sum);
        if (stay > most) {
          most = stay;
          longest = at;
        }
      }
    }
    return longest == null
            || most < WORTH_SAYING * all
            || most < MOST * own.getOrDefault(longest, 0.0)
        ? Optional.empty()
        : Optional.of(new LongStay(longest, most, most / all));
  }

  /// How much of a share of these lines it is.
  public double in(String file, int first, int last) {
    return at.file().equals(file) && first <= at.line() && at.line() <= last ? share : 0;
  }
}
