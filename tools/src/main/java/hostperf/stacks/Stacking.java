package hostperf.stacks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps each different stack once, however many samples have it, and no more frames than memory
/// holds.
final class Stacking {
  /// 200 MiB of references.
  static final long MOST = 50_000_000;

  private final Map<List<Frame>, List<Frame>> known = new HashMap<>();
  private long frames;
  private long samples;

  Stack stack(List<Frame> stack, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new MalformedStacks(
          "sample %d has the weight %s; a time or a count is expected"
              .formatted(samples + 1, weight));
    }
    samples++;
    List<Frame> kept = known.get(stack);
    if (kept == null) {
      kept = List.copyOf(stack);
      frames += kept.size();
      known.put(kept, kept);
    }
    if (frames + samples > MOST) {
      throw new MalformedStacks("sample %d is beyond what fits into memory".formatted(samples));
    }
    return new Stack(kept, weight);
  }
}
