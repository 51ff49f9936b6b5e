package hostperf.measure;

import hostperf.metric.Better;
import hostperf.verdict.Pair;
import hostperf.verdict.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one launch that held both versions gave.
///
/// @param pairs of adjacent blocks, in their order
/// @param steps that were timed, of all processes
/// @param voided pairs that do not count: another thread was inside the root
/// @param seconds that the root took in all of them
/// @param uncalled changed functions that no step before the timed ones called, in any process
public record Swapped(
    List<Blocks> pairs, long steps, int voided, double seconds, List<String> uncalled) {
  /// The root's time per step, which a swap judges by.
  public static final Quantity STEP = new Quantity("step_time", "s", Better.LOWER);

  public Swapped {
    pairs = List.copyOf(pairs);
    uncalled = List.copyOf(uncalled);
  }

  /// All changed functions were called.
  public Swapped(List<Blocks> pairs, long steps, int voided, double seconds) {
    this(pairs, steps, voided, seconds, List.of());
  }

  /// Two adjacent blocks of one process.
  ///
  /// @param process from 0
  /// @param number of the pair in the schedule
  /// @param floor whether both ran the base
  /// @param base seconds per step
  /// @param other seconds per step, of the candidate, or of the base's twin
  public record Blocks(int process, int number, boolean floor, double base, double other) {
    private String place() {
      return process + " " + number;
    }
  }

  /// The pairs of a launch and its mirror image. Where both have a pair of blocks, the two count
  /// as one: their geometric means are free of what differs from block to block, as far as both
  /// launches did the same work.
  ///
  /// @param floor whether of the base against itself, in place of the candidate
  static List<Pair> pairs(Swapped straight, Swapped mirrored, boolean floor) {
    Map<String, List<Blocks>> places = new TreeMap<>();
    for (var launch : List.of(straight, mirrored)) {
      launch.pairs().stream()
          .filter(b -> b.floor() == floor && Pair.usable(b.base()) && Pair.usable(b.other()))
          .forEach(b -> places.computeIfAbsent(b.place(), _ -> new ArrayList<>()).add(b));
    }
    return places.values().stream().map(Swapped::mean).toList();
  }

  private static Pair mean(List<Blocks> twins) {
    double base = twins.stream().mapToDouble(b -> Math.log(b.base())).average().orElseThrow();
    double other = twins.stream().mapToDouble(b -> Math.log(b.other())).average().orElseThrow();
    return new Pair(Math.exp(base), Math.exp(other));
  }
}
