package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.Golden;
import hostperf.catalog.TargetMaps;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.lines.FunctionProfile;
import hostperf.metric.Better;
import hostperf.metric.Metric;
import hostperf.metric.Metrics;
import hostperf.profile.Profiling.Attach;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSessionTest {
  private static final Metric THROUGHPUT =
      new Metric(
          "t", "tok/s", Better.HIGHER, true, 0.02, Pattern.compile("Throughput.*: ([\\d.]+)"));
  private static final Workload WORKLOAD =
      Targets.workload("engine", List.of(THROUGHPUT), "run.py");

  @TempDir Path temp;

  @Test
  void followsTheTimeDownThreeLevels() {
    List<String> lines = new ArrayList<>();
    ProfileSession.Result result = session(true, lines);

    assertThat(result.launches()).isEqualTo(4);
    assertThat(result.drills())
        .extracting(Drill::target)
        .containsExactly(
            Optional.of("minilm.executor.Base._forward"),
            Optional.of("minilm.sampler.GreedySampler.sample"),
            Optional.of("minilm.ops::prepare"));
    assertThat(result.report().functions())
        .extracting(FunctionProfile::name)
        .containsExactlyInAnyOrder(
            "Executor.step", "Base._forward", "GreedySampler.sample", "prepare");
    assertThat(lines).contains("drilling down, level 3: minilm.ops::prepare");
  }

  @Test
  void staysWithOneLaunchWhereNothingIsDrilledDownTo() {
    var result = session(false, new ArrayList<>());
    assertThat(result.launches()).isEqualTo(1);
    assertThat(result.drills()).isEmpty();
  }

  @Test
  void slowdownComesFromThePrimaryMetricAndIsNotGuessedWithoutIt() {
    Launch profiled = launch(Map.of("t", 40.0), 11);

    assertThat(ProfileSession.slowdown(THROUGHPUT, profiled, Optional.of(100.0)))
        .hasValueSatisfying(times -> assertThat(times).isCloseTo(2.5, within(1e-9)));
    assertThat(ProfileSession.slowdown(THROUGHPUT, profiled, Optional.empty())).isEmpty();
    assertThat(ProfileSession.slowdown(THROUGHPUT, launch(Map.of(), 10), Optional.of(100.0)))
        .isEmpty();
  }

  private ProfileSession.Result session(boolean deeper, List<String> lines) {
    var sources = new Sources(WORKLOAD.directory());
    var generic = TargetMaps.read(Golden.root().resolve("references")).of("generic");
    var launcher = new Launcher(new LocalProcesses(), temp, System.getenv());
    return new ProfileSession(
            launcher,
            deeper ? Optional.of(new Drilldown(sources, generic)) : Optional.empty(),
            sources)
        .profile(
            WORKLOAD,
            new Profiling(Attach.INJECT, List.of("minilm.executor.Executor.step")),
            "round0_x",
            lines::add,
            _ -> {});
  }

  private static Launch launch(Map<String, Double> values, int seconds) {
    return new Launch(
        new Finished(Finished.End.EXITED, 0, "", Duration.ofSeconds(seconds)),
        Path.of("log"),
        new Metrics(new LinkedHashMap<>(values), List.of(), Map.of(), Map.of()),
        new OutputDigest.NotConfigured(),
        Optional.empty());
  }
}
