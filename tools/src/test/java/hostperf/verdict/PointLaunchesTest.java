package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.LocalProcesses;
import hostperf.measure.Launched;
import hostperf.measure.Slot;
import hostperf.measure.WorkloadLaunches;
import hostperf.metric.Better;
import hostperf.metric.Metric;
import hostperf.profile.EnvironmentReader;
import hostperf.profile.Launcher;
import hostperf.profile.Point;
import hostperf.profile.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A workload with points is launched at each of them, and their figures make one sample.
class PointLaunchesTest {
  private static final Metric RATE =
      new Metric("rate", "tok/s", Better.HIGHER, true, 0.02, Pattern.compile("rate=(\\d+)"));

  /// Fails where it is told to.
  private static final String SCRIPT =
      "import os, sys; n = int(sys.argv[1]); print(f'rate={n * 100 + int(os.environ.get(\"MORE\","
          + " 0))}'); sys.exit(n == 9)";

  private static final List<Point> POINTS =
      List.of(
          new Point("c1", List.of("1"), Map.of()),
          new Point("c4", List.of("4"), Map.of("MORE", "7")));

  @TempDir Path temp;

  private Launched launched(List<Point> points) {
    var processes = new LocalProcesses();
    var workload =
        new Workload(
            List.of("python3", "-c", SCRIPT),
            temp,
            Map.of(),
            Duration.ofMinutes(1),
            Optional.empty(),
            List.of(RATE));
    return new WorkloadLaunches(
            new Launcher(processes, temp.resolve("run"), System.getenv()),
            new EnvironmentReader(processes, System.getenv()),
            Map::of,
            workload,
            points,
            label -> label,
            InstantSource.system(),
            _ -> {})
        .launch(new Slot(1, 1, Side.BASE));
  }

  @Test
  void itsMetricsAreThoseOfEachPoint() {
    var launched = launched(POINTS);
    assertThat(launched.failure()).isEmpty();
    assertThat(launched.metrics()).isEqualTo(Map.of("rate@c1", 100.0, "rate@c4", 407.0));
    assertThat(launched.seconds()).isPositive();
    assertThat(temp.resolve("run/logs/pair01-base-c4.log")).exists();
  }

  @Test
  void aPointThatFailsIsNamed() {
    var launched = launched(List.of(POINTS.getFirst(), new Point("c9", List.of("9"), Map.of())));
    assertThat(launched.failure())
        .hasValueSatisfying(why -> assertThat(why).startsWith("At c9: It ended with exit code 1"));
  }

  @Test
  void thePointsAreQuantitiesOfTheirOwn() {
    assertThat(Quantity.at(POINTS, RATE))
        .extracting(Quantity::name)
        .containsExactly("rate@c1", "rate@c4");
    assertThat(Quantity.at(List.of(), RATE)).containsExactly(Quantity.of(RATE));
  }
}
