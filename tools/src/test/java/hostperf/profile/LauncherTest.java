package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.metric.Better;
import hostperf.metric.Metric;
import hostperf.metric.MetricReader;
import hostperf.metric.Metrics;
import hostperf.profile.Profiling.Attach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  private static final Metric THROUGHPUT =
      metric("throughput", true, "Throughput \\(tok/s\\):\\s+([\\d.,]+)");
  private static final Metric TPOT = metric("tpot", false, "Mean TPOT \\(ms\\):\\s+([\\d.]+)");
  private static final Profiling SELF = new Profiling(Attach.ENVIRONMENT, List.of("a.f", "b::g"));

  @TempDir Path temp;

  @Test
  void readsTheLastMatchOfAMetricAndNamesAMissingOneWithItsPatternAndLog() {
    Launch launch = launcher().plain(ranks(), Launcher.suffix(1, "base line"), _ -> {});

    assertThat(launch.metrics().values()).containsExactly(Map.entry("throughput", 1234.5));
    assertThat(launch.metrics().missing())
        .containsExactly(
            new Metrics.Missing(
                TPOT,
                "no match for Mean TPOT \\(ms\\):\\s+([\\d.]+)",
                temp.resolve("logs/round1_base-line.log")));
    assertThat(launch.log()).content().contains("label round1_base-line folder " + temp);
  }

  @Test
  void collectsEveryFileThatBeginsWithThePathAndNamesTheMissingRank() {
    List<String> lines = new ArrayList<>();
    Launch launch = launcher().profiled(ranks(), SELF, "round2_x", lines::add);

    var profile = launch.profile().orElseThrow();
    assertThat(profile.reports())
        .containsExactly(
            temp.resolve("profiles/round2_x.txt.rank0"),
            temp.resolve("profiles/round2_x.txt.rank2"));
    assertThat(profile.missing()).containsExactly("rank 1 wrote no report");
    assertThat(profile.merged().functions().getFirst().calls()).isEqualTo(8);
    assertThat(lines).contains("functions a.f,b::g", "enabled True");
  }

  @Test
  void keepsWhatAnEarlierLaunchOfTheSameNameLeft() {
    Launch first = launcher().profiled(ranks(), SELF, "round2_x", _ -> {});
    Launch second = launcher().profiled(ranks(), SELF, "round2_x", _ -> {});

    assertThat(second.log()).isNotEqualTo(first.log());
    assertThat(second.profile().orElseThrow().reports())
        .hasSize(2)
        .doesNotContainAnyElementsOf(first.profile().orElseThrow().reports());
  }

  @Test
  void aPlainLaunchIsNotProfiledEvenIfTheSurroundingsAskForIt() {
    Map<String, String> environment = new HashMap<>(ranks().environment());
    environment.put("TLLM_LINE_PROFILER_PATH", temp.resolve("leak").toString());
    Workload leaky = with(ranks(), environment, Optional.empty());

    launcher().plain(leaky, "round0_y", _ -> {});

    assertThat(temp.resolve("leak.rank0")).doesNotExist();
  }

  @Test
  void digestsTheOutputThatTheLaunchWroteAndNoOlderOne() {
    Workload writes =
        writer("import os; os.makedirs('out', exist_ok=True); open('out/a.txt', 'w').write('x')");

    OutputDigest first = launcher().plain(writes, "r", _ -> {}).output();
    OutputDigest again = launcher().plain(writes, "r", _ -> {}).output();
    OutputDigest stale = launcher().plain(writer("pass"), "r", _ -> {}).output();
    OutputDigest other =
        launcher().plain(writer("open('out/a.txt', 'w').write('y')"), "r", _ -> {}).output();

    assertThat(first).isInstanceOf(OutputDigest.Digest.class).isEqualTo(again);
    assertThat(other).isInstanceOf(OutputDigest.Digest.class).isNotEqualTo(first);
    assertThat(stale)
        .isEqualTo(
            new OutputDigest.NotWritten(
                "out/*.txt was not written by this launch; an older one is there"));
  }

  @Test
  void endsAWorkloadAtItsTimeLimitAndKeepsItsLog() {
    Workload endless =
        new Workload(
            List.of(
                Targets.python().toString(),
                "-c",
                "import time; print('on', flush=True); time.sleep(60)"),
            temp,
            Map.of(),
            Duration.ofMillis(700),
            Optional.empty(),
            List.of());

    Launch launch = launcher().plain(endless, "r", _ -> {});

    assertThat(launch.finished().end()).isEqualTo(Finished.End.TIMED_OUT);
    assertThat(launch.isComplete()).isFalse();
  }

  @Test
  void readsAMetricThatReachesOverTwoLinesAndPastColours() {
    var reader =
        new MetricReader(
            List.of(
                metric("a", true, "Latency:\\n\\s+([\\d.]+)"),
                metric("b", false, "TPOT: ([\\d.]+)"),
                metric("c", false, "bad: (\\S+)")));
    String output = "Latency:\n  7.5\n\u001b[32mTPOT: \u001b[0m3.25\nbad: nan\n";
    output.lines().forEach(reader);
    Metrics metrics = reader.metrics(output, Path.of("log"));

    assertThat(metrics.values()).containsOnly(Map.entry("a", 7.5), Map.entry("b", 3.25));
    assertThat(metrics.missing())
        .singleElement()
        .extracting(Metrics.Missing::reason)
        .isEqualTo("`nan` is not a number (bad: (\\S+))");
  }

  @Test
  void refusesAPatternWithoutAGroupAndTwoPrimaries() {
    assertThatThrownBy(() -> metric("x", true, "Latency: \\d+"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has no group");
    assertThatThrownBy(() -> Targets.workload("ranks", List.of(THROUGHPUT, THROUGHPUT), "x"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("2 of the workload's metrics are primary");
  }

  @Test
  void refusesAFunctionNameThatIsNone() {
    assertThatThrownBy(() -> new Profiling(Attach.INJECT, List.of("a.f,b.g")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("`a.f,b.g`");
  }

  private Launcher launcher() {
    return new Launcher(new LocalProcesses(), temp, System.getenv());
  }

  private static Workload ranks() {
    return Targets.workload("ranks", List.of(THROUGHPUT, TPOT), "ranks.py");
  }

  private Workload writer(String code) {
    Workload workload = Targets.workload("ranks", List.of(), "-c", code);
    return new Workload(
        workload.command(),
        temp,
        Map.of(),
        workload.timeout(),
        Optional.of("out/*.txt"),
        List.of());
  }

  private static Workload with(
      Workload workload, Map<String, String> environment, Optional<String> output) {
    return new Workload(
        workload.command(),
        workload.directory(),
        environment,
        workload.timeout(),
        output,
        workload.metrics());
  }

  private static Metric metric(String name, boolean primary, String pattern) {
    return new Metric(
        name, "u", Better.HIGHER, primary, Metric.DEFAULT_TOLERANCE, Pattern.compile(pattern));
  }
}
