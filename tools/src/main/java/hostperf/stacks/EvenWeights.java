package hostperf.stacks;

/// Counts samples where a file has their periods: perf and async-profiler can give each sample the
/// nanoseconds or events that it stands for.
final class EvenWeights {
  /// A file of counts has rows with fewer, and no such divisor.
  private static final long PERIOD = 1000;

  private EvenWeights() {}

  /// The same profile with a weight of one for each sample, where they have one period.
  static StackProfile counted(StackProfile profile) {
    long period = 0;
    for (ThreadStacks track : profile.tracks()) {
      for (Stack stack : track.stacks()) {
        period = divisor(period, Math.round(stack.weight()));
      }
    }
    return period < PERIOD ? profile : profile.divided((double) period);
  }

  private static long divisor(long one, long other) {
    return other == 0 ? one : divisor(other, one % other);
  }

  /// Whether weights count samples, and no events of periods that differ.
  static boolean areCounts(StackProfile profile) {
    return profile.tracks().stream()
        .flatMap(track -> track.stacks().stream())
        .anyMatch(stack -> stack.weight() < PERIOD);
  }
}
