package hostperf.profile;

import hostperf.fact.Counted;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.StackProfile;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How many times as long the root's calls took under each pass, for programs of which no metric is
/// known.
///
/// The pass `facts` leaves most calls alone, and what those took is compared with. A pass of which
/// that cannot be said is absent.
public final class Slowdowns {
  /// The mean of fewer calls says little.
  private static final int ENOUGH = 20;

  private Slowdowns() {}

  public static Map<Pass, Double> of(Passes.Result result) {
    var counted = result.facts().map(f -> f.facts().counted()).orElse(Counted.NOTHING);
    if (counted.alone().count() < ENOUGH || counted.alone().seconds() == 0) {
      return Map.of();
    }
    double alone = counted.alone().mean();
    var slowdowns = new EnumMap<Pass, Double>(Pass.class);
    sampled(result).ifPresent(mean -> slowdowns.put(Pass.SAMPLES, mean / alone));
    lines(result)
        .map(RootCalls::steps)
        .filter(steps -> steps.count() >= ENOUGH)
        .ifPresent(steps -> slowdowns.put(Pass.LINES, steps.mean() / alone));
    counted.slowdown().ifPresent(times -> slowdowns.put(Pass.FACTS, times));
    return slowdowns;
  }

  private static Optional<RootCalls> lines(Passes.Result result) {
    return result
        .lines()
        .filter(session -> session.launch().finished().succeeded())
        .flatMap(session -> session.launch().profile())
        .map(Launch.ProfileFiles::root);
  }

  /// Seconds of a call. Samples do not count calls: where both other launches have as many, this
  /// one had too.
  private static Optional<Double> sampled(Passes.Result result) {
    long calls = result.facts().map(FactsPass.Collected::calls).orElse(0L);
    boolean isFixed = lines(result).filter(root -> root.calls() == calls && calls > 0).isPresent();
    return result
        .ranking()
        .filter(_ -> isFixed && result.sampled().filter(Sampler.Sampled::isTimed).isPresent())
        .filter(ranking -> ranking.warmUp() == 0)
        .filter(ranking -> isWhole(result.seen().orElseThrow().wall(), ranking.root()))
        .map(Ranking::seconds)
        .map(seconds -> seconds / calls);
  }

  /// Whether the sampler was there before the first call.
  private static boolean isWhole(StackProfile wall, Root root) {
    return wall.tracks().stream()
        .filter(track -> track.stacks().stream().anyMatch(s -> root.isIn(s.frames())))
        .noneMatch(track -> root.isIn(track.stacks().getFirst().frames()));
  }
}
