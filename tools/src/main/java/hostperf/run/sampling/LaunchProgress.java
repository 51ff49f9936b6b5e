package hostperf.run.sampling;

import hostperf.measure.Slot;
import hostperf.verdict.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;

/// Says before each launch of a measurement which it is, and how long the rest takes at the pace so
/// far.
final class LaunchProgress {
  private final String what;
  private final boolean isSwap;
  private final Plan plan;
  private final InstantSource clock;
  private final int before;
  private final Instant began;
  private int launches;

  /// @param what is measured, said first; empty where that is plain
  /// @param isSwap whether each launch holds both versions
  /// @param before launches of it that were taken in an earlier call
  LaunchProgress(String what, boolean isSwap, Plan plan, int before, InstantSource clock) {
    this.isSwap = isSwap;
    this.what = what;
    this.plan = plan;
    this.before = before;
    this.clock = clock;
    this.began = clock.instant();
  }

  String next(Slot slot) {
    var left = left(slot);
    launches++;
    return "%slaunch %d: %s%s%s"
        .formatted(what, before + launches, place(slot), left, further(slot));
  }

  private String place(Slot slot) {
    return slot.pair() == Slot.WARM_UP
        ? "warm-up"
        : isSwap
            ? "both versions"
            : "pair %d of %d, %s%s"
                .formatted(
                    slot.pair(),
                    planned(slot),
                    slot.side().word(),
                    slot.attempt() == 1 ? "" : ", try %d".formatted(slot.attempt()));
  }

  /// How many pairs the look has that the pair is for.
  private int planned(Slot slot) {
    return IntStream.rangeClosed(1, plan.looks())
        .map(plan::pairsAt)
        .filter(pairs -> pairs >= slot.pair())
        .findFirst()
        .orElse(slot.pair());
  }

  /// Nothing until two launches show what one takes, waiting included.
  private String left(Slot slot) {
    int pairs = planned(slot) - Math.max(1, slot.pair()) + 1;
    if (isSwap || launches < 2 || pairs < 1) {
      return "";
    }
    var each = Duration.between(began, clock.instant()).dividedBy(launches);
    return "; about %s left".formatted(words(each.multipliedBy(2L * pairs)));
  }

  private String further(Slot slot) {
    int most = plan.pairsAt(plan.looks());
    return slot.pair() == Slot.WARM_UP && most > plan.pairs()
        ? "; %d %s, up to %d where these leave it open"
            .formatted(plan.pairs(), plan.pairs() == 1 ? "pair" : "pairs", most)
        : "";
  }

  private static String words(Duration left) {
    return left.toSeconds() < 90
        ? "%d s".formatted(left.toSeconds())
        : "%d min".formatted(Math.round(left.toSeconds() / 60.0));
  }
}
