package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.metric.Better;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import hostperf.verdict.Side;
import hostperf.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A metric that gains while whole launches do not raises a question.
class LaunchTotalsTest {
  private static final Quantity METRIC = new Quantity("throughput", "tok/s", Better.HIGHER);

  private static List<Sample> samples(double wallAfter, double cpuAfter) {
    var samples = new ArrayList<Sample>();
    for (int pair = 1; pair <= 8; pair++) {
      double jitter = 1 + pair * 0.0005;
      samples.add(sample(pair, Side.BASE, 100, 20 * jitter, 16 / jitter));
      samples.add(sample(pair, Side.CANDIDATE, 120, wallAfter / jitter, cpuAfter * jitter));
    }
    return samples;
  }

  private static Sample sample(int pair, Side side, double metric, double wall, double cpu) {
    var launched =
        new Launched(
            Optional.empty(),
            Map.of("throughput", metric + pair * 0.01),
            Surroundings.UNKNOWN,
            Optional.empty(),
            Instant.EPOCH,
            wall,
            Optional.of(cpu),
            Map.of());
    return new Sample(new Slot(pair, 1, side), launched, "", Optional.empty());
  }

  private static Optional<String> question(List<Sample> samples) {
    var judged =
        Rule.of(0.01).judge(Better.HIGHER, Pairs.of("throughput", Schedule.complete(samples)));
    assertThat(judged.verdict()).isEqualTo(Verdict.IMPROVED);
    return LaunchTotals.question(METRIC, judged, samples);
  }

  @Test
  void asksWhereTheTimeWentWhenLaunchesTakeAsLongAsBefore() {
    assertThat(question(samples(20.2, 16.3)))
        .hasValue(
            "`throughput` says that 16.7% of the time of the measured work went, but a whole launch"
                + " took 20.0 s before and 20.2 s after, and its processor time was 16.0 s before"
                + " and 16.3 s after. Did work move outside the measured part, or does the workload"
                + " run for a fixed time?");
  }

  @Test
  void isQuietWhereTheLaunchesOrTheirProcessorTimeFollow() {
    assertThat(question(samples(18.5, 16.3))).isEmpty();
    assertThat(question(samples(20.2, 15))).isEmpty();
  }

  @Test
  void givesTheMediansOfBothSides() {
    var totals = LaunchTotals.of(samples(18, 15));
    assertThat(totals.wall().orElseThrow().before()).isBetween(20.0, 20.1);
    assertThat(totals.wall().orElseThrow().after()).isBetween(17.9, 18.0);
    assertThat(totals.processor().orElseThrow().after()).isBetween(15.0, 15.1);
  }
}
