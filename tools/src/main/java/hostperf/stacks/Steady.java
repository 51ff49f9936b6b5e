package hostperf.stacks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The part of the root's time in which it always does the same: without its first calls, which
/// import, compile and fill caches.
///
/// The time is cut into windows; leading ones whose functions have other shares than those of the
/// second half are left out. Where the profile has no order of time, nothing is.
///
/// @param stacks from the root inwards, each with its weight
/// @param warmUp how much was left out
record Steady(List<Stack> stacks, double warmUp) {
  private static final int WINDOWS = 20;

  /// A window is different when this much of its time lies in other functions, and three times
  /// what the windows of the second half differ among themselves.
  private static final double DIFFERENT = 0.25;

  private static final double BEYOND_USUAL = 3;

  /// A window with fewer samples than this says nothing.
  private static final int LEAST_SAMPLES = 8;

  /// Of each stack the part from the root inwards.
  static EachStack<List<Frame>> rootward(Root root) {
    return new EachStack<>(frames -> List.copyOf(root.below(frames)));
  }

  /// @param rootward gives of each stack the part from the root inwards
  static Steady of(ThreadStacks track, EachStack<List<Frame>> rootward) {
    List<Stack> inside = new ArrayList<>();
    for (Stack stack : track.stacks()) {
      var below = rootward.of(stack);
      if (!below.isEmpty()) {
        inside.add(new Stack(below, stack.weight()));
      }
    }
    int from = track.isOrdered() ? new Windows(inside).firstSteady() : 0;
    double warmUp = inside.subList(0, from).stream().mapToDouble(Stack::weight).sum();
    return new Steady(List.copyOf(inside.subList(from, inside.size())), warmUp);
  }

  /// The time in the root, cut into windows.
  private static final class Windows {
    private final List<Stack> inside;
    private final int size;
    private final EachStack<String> functions =
        new EachStack<>(frames -> frames.getLast().file() + "\0" + frames.getLast().function());

    Windows(List<Stack> inside) {
      this.inside = inside;
      this.size = inside.size() / WINDOWS;
    }

    int firstSteady() {
      if (size < LEAST_SAMPLES) {
        return 0;
      }
      var usual = shares(inside.subList(inside.size() / 2, inside.size()));
      double most = 0;
      for (int window = WINDOWS / 2; window < WINDOWS; window++) {
        most = Math.max(most, distance(shares(window(window)), usual));
      }
      double limit = Math.max(DIFFERENT, Math.min(BEYOND_USUAL * most, 1));
      int window = 0;
      while (window < WINDOWS / 2 && distance(shares(window(window)), usual) > limit) {
        window++;
      }
      return window * size;
    }

    private List<Stack> window(int number) {
      return inside.subList(number * size, (number + 1) * size);
    }

    private Map<String, Double> shares(List<Stack> stacks) {
      Map<String, Double> own = new HashMap<>();
      double all = 0;
      for (Stack stack : stacks) {
        own.merge(functions.of(stack), stack.weight(), Double::sum);
        all += stack.weight();
      }
      double total = all;
      own.replaceAll((_, weight) -> weight / total);
      return own;
    }
  }

  /// Half the sum of the differences: the share of time that would have to move.
  private static double distance(Map<String, Double> one, Map<String, Double> other) {
    double sum = 0;
    for (var entry : one.entrySet()) {
      sum += Math.abs(entry.getValue() - other.getOrDefault(entry.getKey(), 0.0));
    }
    for (var entry : other.entrySet()) {
      sum += one.containsKey(entry.getKey()) ? 0 : entry.getValue();
    }
    return sum / 2;
  }
}
