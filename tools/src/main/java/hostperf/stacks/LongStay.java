package hostperf.stacks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A stretch of samples at one line that is most of what that line took: one call took long, or
/// something held the process up. Either way the share says little of the line's other calls.
///
/// @param at the engine's line
/// @param share of the root's steady time
public record LongStay(Frame at, double seconds, double share) {
  /// Less changes no ranking.
  private static final double WORTH_SAYING = 0.005;

  private static final double MOST = 0.5;

  /// Fewer samples in a row come by chance.
  private static final int LEAST_SAMPLES = 10;

  /// The longest stretch at a line so far.
  private record Stretch(double seconds, int samples) {}

  /// One a line at most, the longest first; none where the profile has no order of time.
  ///
  /// @param folded gives a stack without what is not the engine's
  static List<LongStay> in(StackProfile wall, Root root, UnaryOperator<Stack> folded) {
    if (wall.unit() != StackProfile.Unit.SECONDS) {
      return List.of();
    }
    Map<Frame, Double> own = new HashMap<>();
    Map<Frame, Stretch> longest = new HashMap<>();
    double all = 0;
    var rootward = Steady.rootward(root);
    for (ThreadStacks track : wall.tracks()) {
      List<Frame> before = List.of();
      var stay = new Stretch(0, 0);
      for (Stack stack :
          track.isOrdered() ? Steady.of(track, rootward).stacks() : List.<Stack>of()) {
        stay =
            stack.frames().equals(before)
                ? new Stretch(stay.seconds() + stack.weight(), stay.samples() + 1)
                : new Stretch(stack.weight(), 1);
        before = stack.frames();
        all += stack.weight();
        var at = folded.apply(stack).frames().getLast();
        own.merge(at, stack.weight(), Double::sum);
        longest.merge(at, stay, (a, b) -> a.seconds() < b.seconds() ? b : a);
      }
    }
    var stays = new ArrayList<LongStay>();
    for (var each : longest.entrySet()) {
      var stretch = each.getValue();
      boolean isMost = stretch.seconds() >= MOST * own.getOrDefault(each.getKey(), 0.0);
      // A program that does little else is at that line in every sample: that stops nothing.
      boolean isAll = stretch.seconds() > MOST * all;
      if (isMost
          && !isAll
          && stretch.samples() >= LEAST_SAMPLES
          && stretch.seconds() >= WORTH_SAYING * all) {
        stays.add(new LongStay(each.getKey(), stretch.seconds(), stretch.seconds() / all));
      }
    }
    stays.sort(Comparator.comparingDouble(LongStay::seconds).reversed());
    return List.copyOf(stays);
  }

  /// Whether it was at one of these lines.
  boolean isIn(int first, int last) {
    return first <= at.line() && at.line() <= last;
  }
}
