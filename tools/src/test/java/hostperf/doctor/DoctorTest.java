package hostperf.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.Sha256;
import hostperf.approval.TrustedConfigurations;
import hostperf.catalog.TargetMaps;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import hostperf.job.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final String VALID =
      """
      workload:
        command: [python3, bench.py]
        metrics: [{name: tput, pattern: 'tput=(.*)'}]
      policy: {editable: ["engine/**"]}
      """;

  private static final TargetMaps TARGETS = TargetMaps.read(Golden.root().resolve("references"));

  @TempDir Path folder;
  @TempDir Path home;
  private TrustedConfigurations trusted;

  @BeforeEach
  void commit() throws IOException {
    trusted = new TrustedConfigurations(home.resolve("trusted"));
    write("engine/__init__.py", "");
    write("bench.py", "print('tput=1')\n");
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=u", "-c", "user.email=u@localhost", "commit", "-qm", "all");
  }

  private void write(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void git(String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var finished =
        new LocalProcesses()
            .run(new Command(folder, Duration.ofSeconds(20), command.toArray(String[]::new)));
    assertThat(finished.succeeded()).as(finished.output()).isTrue();
  }

  private Checkout checkout(Processes processes) {
    return new Checkout(folder.toAbsolutePath(), processes, InstantSource.system(), new Random(1));
  }

  private List<Check> checks() {
    return new Doctor(checkout(new LocalProcesses()), trusted, TARGETS).checks();
  }

  private static Check of(List<Check> checks, String subject) {
    return checks.stream().filter(f -> f.subject().equals(subject)).findFirst().orElseThrow();
  }

  @Test
  void saysOfEveryFaultHowToMendIt() {
    assertThat(checks())
        .filteredOn(f -> f.state() != Check.State.OK)
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.mend()).as(f.subject()).isNotBlank());
  }

  @Test
  void givesTheLineOfEachFaultOfTheConfiguration() throws IOException {
    write(
        "hostperf.yaml",
        "workload:\n  command: [python3]\n  metrics:\n    - {name: a}\nsurprise: 1\n");
    assertThat(checks())
        .filteredOn(f -> f.subject().equals("configuration"))
        .extracting(Check::what, Check::mend)
        .satisfiesExactlyInAnyOrder(
            f ->
                assertThat(f.toList().toString())
                    .contains("line 4", "pattern` is missing", "at line 4"),
            f -> assertThat(f.toList().toString()).contains("line 4", "needs a metric"),
            f -> assertThat(f.toList().toString()).contains("line 5", "unknown key `surprise`"));
  }

  @Test
  void saysWhichNamesOfTheMapTheCheckoutLacks() throws IOException {
    write("hostperf.yaml", "target: sglang\n" + VALID.replaceAll("target: .*\n", ""));
    assertThat(of(checks(), "target map").what()).startsWith("none of the functions");
    write(
        "python/sglang/srt/managers/scheduler.py",
        "class Scheduler:\n    def run_batch(self):\n        pass\n");
    assertThat(of(checks(), "target map").what())
        .startsWith("1 of the ")
        .contains("; not sglang.srt.managers.scheduler.Scheduler.event_loop_overlap, ")
        .doesNotContain("run_batch");
  }

  @Test
  void saysHowTheEngineIsLaidOut() throws IOException {
    write("hostperf.yaml", "target: tensorrt-llm\n" + VALID.replaceAll("target: .*\n", ""));
    assertThat(checks()).extracting(Check::subject).doesNotContain("layout");
    write("tensorrt_llm/_torch/pyexecutor/model_engine.py", "");
    write("tensorrt_llm/_torch/pyexecutor/scheduler/scheduler.py", "");
    write("tensorrt_llm/_torch/pyexecutor/sampler.py", "");
    assertThat(of(checks(), "layout").what())
        .isEqualTo(
            "engine: one class in model_engine.py; sampler: one file; scheduler: a package with the"
                + " Python scheduler in scheduler.py");
  }

  @Test
  void looksAtWhatAPatchMayChangeAndWhatTheWorkloadImports() throws IOException {
    write("hostperf.yaml", VALID);
    assertThat(of(checks(), "policy").what()).startsWith("1 tracked files");
    assertThat(of(checks(), "import").state()).isEqualTo(Check.State.OK);
    write("hostperf.yaml", VALID.replace("engine/**", "engin/**"));
    assertThat(of(checks(), "policy").state()).isEqualTo(Check.State.MISSING);
  }

  @Test
  void seesThatTheScriptOfTheWorkloadIsNotThere() throws IOException {
    write("hostperf.yaml", VALID);
    assertThat(of(checks(), "workload").state()).isEqualTo(Check.State.OK);
    write("hostperf.yaml", VALID.replace("bench.py", "benches.py"));
    assertThat(of(checks(), "workload").state()).isEqualTo(Check.State.MISSING);
    assertThat(of(checks(), "workload").what()).contains("benches.py");
  }

  @Test
  void seesTheQuestionsOfTheDraftThatAreOpen() throws IOException {
    write("hostperf.yaml", VALID);
    assertThat(checks()).extracting(Check::subject).doesNotContain("draft");
    write("hostperf.yaml", VALID.replace("bench.py]", "bench.py]   # ?"));
    assertThat(of(checks(), "draft").what()).endsWith("at line 2");
  }

  @Test
  void seesChangesThatWouldBeMeasuredToo() throws IOException {
    write("hostperf.yaml", VALID);
    assertThat(checks()).extracting(Check::subject).doesNotContain("changes");
    write("engine/__init__.py", "changed = True\n");
    assertThat(of(checks(), "changes").what()).startsWith("1 files");
  }

  @Test
  void seesThatTheScriptsFolderShadowsTheCheckout() throws IOException {
    write("hostperf.yaml", VALID.replace("bench.py", "other/bench.py"));
    write("other/engine/__init__.py", "");
    write("other/bench.py", "");
    assertThat(of(checks(), "import").what())
        .contains("engine is imported from")
        .contains("other/engine");
  }

  private static final String OWN_PYTHON =
      """
      workload:
        command: [bin/python3, bench.py]
        environment: {PYTHONPATH: .}
        metrics: [{name: tput, pattern: 'tput=(.*)'}]
      tests: {command: [python3, -m, pytest]}
      policy: {editable: ["engine/**"]}
      """;

  private void approve() throws IOException {
    trusted.add(folder, Sha256.of(Files.readString(folder.resolve("hostperf.yaml"))));
  }

  private List<String> canaries() throws IOException {
    try (var files = Files.list(home)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> !n.equals("trusted")).toList();
    }
  }

  @Test
  void startsAnInterpreterThatTheConfigurationNamesOnlyOnceItIsApproved() throws IOException {
    write("hostperf.yaml", OWN_PYTHON);
    write("bin/python3", "#!/bin/sh\ntouch %s/interpreter\n".formatted(home));
    assertThat(folder.resolve("bin/python3").toFile().setExecutable(true)).isTrue();
    assertThat(of(checks(), "workload's Python"))
        .satisfies(f -> assertThat(f.what()).contains("was not checked", "not approved yet"))
        .satisfies(f -> assertThat(f.mend()).contains("hostperf trust"));
    assertThat(canaries()).isEmpty();
    approve();
    assertThat(of(checks(), "workload's Python").what()).doesNotContain("was not checked");
    assertThat(canaries()).containsExactly("interpreter");
  }

  @Test
  void runsNoPythonOfTheCheckoutThoughTheConfigurationIsApproved() throws IOException {
    write("hostperf.yaml", OWN_PYTHON.replace("bin/python3", "python3"));
    for (var module : List.of("sitecustomize", "line_profiler", "pytest", "engine/__init__")) {
      var canary = home.resolve(module.replace('/', '-'));
      write(module + ".py", "open(r'%s', 'w').close()\n".formatted(canary));
    }
    assertThat(of(checks(), "import").state()).isEqualTo(Check.State.OK);
    approve();
    assertThat(of(checks(), "import").state()).isEqualTo(Check.State.OK);
    assertThat(canaries()).isEmpty();
  }

  @Test
  void tellsWhoOwnsTheCheckout() {
    var other = checkout(new LocalProcesses());
    other.owner().take();
    try (var _ = other.owner()) {
      assertThat(of(checks(), "owner"))
          .satisfies(f -> assertThat(f.what()).contains("process " + ProcessHandle.current().pid()))
          .satisfies(f -> assertThat(f.mend()).contains("kill"));
    }
    assertThat(of(checks(), "owner").state()).isEqualTo(Check.State.OK);
  }

  @Test
  void tellsOfAJournalThatCannotBeRead() throws IOException {
    write(".hostperf/run-abcd2345/journal.jsonl", "{\"at\": 1}\n");
    assertThat(of(checks(), "journal").what())
        .contains("Line 1 of", "was not written there by this user's hostperf");
  }

  /// There is no GPU where tests run, so what nvidia-smi prints is given.
  private List<Check> gpu(String state, String apps) {
    var real = new LocalProcesses();
    Processes processes =
        new Processes() {
          @Override
          public Finished run(Command command, Consumer<String> lines) {
            if (!command.arguments().getFirst().equals("nvidia-smi")) {
              return real.run(command, lines);
            }
            var text = command.arguments().get(1).startsWith("--query-gpu") ? state : apps;
            return new Finished(Finished.End.EXITED, 0, text, Duration.ZERO);
          }
        };
    return new GpuCheck(processes).checks();
  }

  @Test
  void findsAQuietGpuFit() {
    assertThat(gpu("0, NVIDIA H100, 580.1, Enabled, 1980, 1980, 0, 35, 0x0000000000000001\n", ""))
        .singleElement()
        .extracting(Check::state)
        .isEqualTo(Check.State.OK);
  }

  @Test
  void tellsEachThingThatDisturbsAGpu() {
    var found =
        gpu(
            "0, NVIDIA H100, 580.1, Disabled, 1100, 1980, 97, 84, 0x0000000000000024\n",
            "4242, python3, 60000\n");
    assertThat(found).extracting(Check::mend).anyMatch(m -> m.contains("nvidia-smi -pm 1"));
    assertThat(found).extracting(Check::mend).anyMatch(m -> m.contains("until it is idle"));
    assertThat(found).extracting(Check::what).anyMatch(w -> w.contains("clocks are held down"));
    assertThat(of(found, "GPU load").what())
        .isEqualTo("process 4242 (python3) holds 60000 MiB of GPU memory");
  }
}
