package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverheadTest {
  @TempDir Path temp;

  /// The outer function's line 2 calls the inner one 10 times, which has 3 lines, 1 of which calls
  /// the innermost (1 line) once each. A line costs 1 µs, a call 5 µs; the unit is 1 ns.
  private static final String KNOWN =
      """
      from hostperf_inject.overhead import Overhead
      o = Overhead()
      o.line, o.call = 1e-6, 5e-6
      o.edges = {("f", 1, 2, ("f", 10)): 10, ("f", 10, 12, ("f", 20)): 10,
                 ("other", 1, 7, ("f", 20)): 0}
      hits = {("f", 1, "outer"): {2: (10, 1000000), 3: (1, 500)},
              ("f", 10, "inner"): {11: (10, 12000), 12: (10, 90000), 13: (10, 40000)},
              ("f", 20, "innermost"): {21: (10, 11000)}}
      corrected, mostly = o.corrected(hits, 1e-9)
      print([t for lines in corrected.values() for _, t in lines.values()])
      print(sorted(number for _, number in mostly))
      """;

  @Test
  void takesOffWhatRanWithinTheCallsOfALine() {
    var code = Golden.root().resolve("tools/src/main/resources/hostperf/profile/inject").toString();
    var finished =
        new LocalProcesses()
            .run(
                new Command(
                    List.of(Targets.python().toString(), "-c", KNOWN),
                    temp,
                    Map.of("PYTHONPATH", code, "PYTHONDONTWRITEBYTECODE", "1"),
                    Duration.ofSeconds(20),
                    Optional.empty()));
    // Within a call of inner: 5 + 3 lines + (5 + 1 line) = 14 µs, so line 2 loses 10 + 140 µs.
    assertThat(finished.output().lines())
        .as(finished.output())
        .containsExactly("[850000, 0, 2000, 20000, 30000, 1000]", "[3, 11, 12, 21]");
  }

  @Test
  void isMeasuredInTheLaunchAndSaid() {
    var launch =
        new Launcher(new LocalProcesses(), temp, Map.of())
            .profiled(
                Targets.workload("cheap", List.of(), "cheap.py"),
                new Profiling(
                    Profiling.Attach.INJECT,
                    List.of("cheap.lines", "cheap.small", "cheap.calls", "cheap.heavy")),
                "lines",
                _ -> {});
    var files = launch.profile().orElseThrow();
    assertThat(files.timing())
        .as(launch.finished().output())
        .anyMatch(r -> r.matches("The line profiler's own overhead \\(0\\.\\d\\d µs a line, .*"));
    var calls =
        files.merged().functions().stream()
            .filter(f -> f.name().equals("calls"))
            .findFirst()
            .orElseThrow();
    assertThat(calls.lines()).anyMatch(line -> line.hits() == 150_000 && line.seconds() >= 0);
  }
}
