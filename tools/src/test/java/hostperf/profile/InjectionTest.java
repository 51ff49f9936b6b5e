package hostperf.profile;

import static hostperf.profile.Launch.TargetNote.State.NEVER_RAN;
import static hostperf.profile.Launch.TargetNote.State.NOT_FOUND;
import static hostperf.profile.Launch.TargetNote.State.RAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.profile.Launch.ProfileFiles;
import hostperf.profile.Launch.TargetNote;
import hostperf.profile.Profiling.Attach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectionTest {
  private static final List<String> SHAPES =
      List.of(
          "shapes.Outer.Inner.method",
          "shapes.Outer.prop",
          "shapes.Derived.static",
          "shapes.Outer.klass",
          "shapes.Outer.wrapped",
          "shapes::handler",
          "shapes.generator",
          "shapes.coroutine",
          "shapes::async_generator",
          "shapes.cached",
          "shapes.main",
          "shapes.never",
          "shapes.Outer.nothing",
          "elsewhere.f");

  private final Processes processes = new LocalProcesses();
  @TempDir Path temp;

  @Test
  void profilesEveryShapeOfFunctionInAScript() {
    everyShape("shapes.py");
  }

  @Test
  void profilesEveryShapeOfFunctionInAModuleThatIsRun() {
    everyShape("-m", "shapes");
  }

  @Test
  void profilesEveryShapeOfFunctionInAnImportedModule() {
    everyShape("-c", "import shapes; shapes.main()");
  }

  private void everyShape(String... arguments) {
    ProfileFiles files = launch(Targets.workload("shapes", List.of(), arguments), SHAPES);

    Map<String, Long> calls =
        files.merged().functions().stream()
            .collect(Collectors.toMap(FunctionProfile::name, FunctionProfile::calls, Long::sum));
    assertThat(calls)
        .containsEntry("Outer.Inner.method", 3L)
        .containsEntry("Outer.wrapped", 3L)
        .containsEntry("Outer.prop", 6L)
        .containsEntry("Outer.klass", 3L)
        .containsEntry("handler", 3L)
        .containsEntry("cached", 3L)
        .containsEntry("coroutine", 1L)
        .containsEntry("main", 1L)
        .containsKeys("generator", "async_generator")
        .doesNotContainKey("never");
    Map<String, TargetNote.State> states = states(files);
    assertThat(states)
        .containsEntry("shapes.Derived.static", RAN)
        .containsEntry("shapes.never", NEVER_RAN)
        .containsEntry("shapes.Outer.nothing", NOT_FOUND)
        .containsEntry("elsewhere.f", NOT_FOUND);
    assertThat(remark(files, "elsewhere.f")).isEqualTo("no process imported a module of that name");
    assertThat(remark(files, "shapes.Outer.nothing")).contains("nothing");
  }

  @Test
  void countsATestThatGoesBothWaysAndAStatementOverSeveralLinesOnce() {
    var files =
        launch(Targets.workload("branches", List.of(), "branches.py"), List.of("branches.parity"));
    Map<Integer, Long> hits =
        files.merged().functions().getFirst().lines().stream()
            .collect(Collectors.toMap(LineCost::line, LineCost::hits));
    assertThat(hits)
        .containsEntry(5, 20L)
        .containsEntry(6, 10L)
        .containsEntry(7, 10L)
        .containsEntry(8, 5L)
        .containsEntry(10, 5L)
        .containsEntry(11, 20L);
  }

  @Test
  void theProgramItselfSeesNoDifference() {
    Workload workload = Targets.workload("shapes", List.of(), "shapes.py");
    Launcher launcher = new Launcher(processes, temp, System.getenv());

    Launch plain = launcher.plain(workload, "round0_plain", _ -> {});
    Launch profiled =
        launcher.profiled(workload, new Profiling(Attach.INJECT, SHAPES), "round0_p", _ -> {});

    assertThat(profiled.finished().output())
        .isEqualTo(plain.finished().output())
        .contains("main of __main__ in __main__ 3");
  }

  @Test
  void writesAReportForEveryProcessAndNamesTheKilledOne() {
    ProfileFiles files =
        launch(Targets.workload("processes", List.of(), "tree.py"), List.of("work.work"));

    assertThat(files.reports()).hasSize(6);
    assertThat(files.merged().functions()).hasSize(1);
    assertThat(files.merged().functions().getFirst().calls()).isEqualTo(6);
    assertThat(files.missing()).hasSize(1);
    assertThat(files.missing().getFirst()).contains("killed");
  }

  @Test
  void followsReExportsAndLazyPackagesWithoutImportingThem() {
    ProfileFiles files =
        launch(
            Targets.workload("lazy", List.of(), "run.py"),
            List.of("engine.step", "engine.sampler.Sampler.sample"));

    assertThat(states(files).values()).containsOnly(RAN);
    assertThat(files.merged().functions())
        .extracting(FunctionProfile::name, FunctionProfile::calls)
        .containsExactlyInAnyOrder(tuple("step", 5L), tuple("Sampler.sample", 1L));
  }

  @Test
  void timesCompiledFunctionsAndTellsOfTheTwin() throws IOException {
    Path extension =
        Path.of(
            processes
                .run(
                    new Command(
                        temp,
                        Duration.ofSeconds(30),
                        Targets.python().toString(),
                        "-c",
                        "import _json; print(getattr(_json, '__file__', '/none'))"))
                .output()
                .strip());
    assumeThat(extension).exists();
    Path module = Files.createDirectory(temp.resolve("module"));
    Files.copy(extension, module.resolve(extension.getFileName()));
    Files.writeString(module.resolve("_json.py"), "def scanstring(*args): pass\n");
    Workload workload =
        new Workload(
            List.of(Targets.python().toString(), "-c", "import json; json.loads('[\"a\"]')"),
            temp,
            Map.of("PYTHONPATH", module.toString()),
            Duration.ofMinutes(1),
            Optional.empty(),
            List.of());

    ProfileFiles files =
        launch(workload, List.of("_json::encode_basestring_ascii", "_json::make_scanner"));

    assertThat(files.remarks())
        .anySatisfy(remark -> assertThat(remark).contains("_json.py is not what runs: "));
    assertThat(remark(files, "_json::encode_basestring_ascii")).contains("no Python code object");
    assertThat(remark(files, "_json::make_scanner"))
        .isEqualTo("`make_scanner` is a type, no function");
  }

  @Test
  void handsOnToASitecustomizeThatWasThere() throws IOException {
    Path own = Files.createDirectory(temp.resolve("own"));
    Files.writeString(own.resolve("sitecustomize.py"), "print('own sitecustomize')\n");
    Workload workload =
        new Workload(
            List.of(Targets.python().toString(), "-c", "print('program')"),
            temp,
            Map.of("PYTHONPATH", own.toString()),
            Duration.ofMinutes(1),
            Optional.empty(),
            List.of());
    Launch launch =
        new Launcher(processes, temp.resolve("run"), System.getenv())
            .profiled(workload, new Profiling(Attach.INJECT, List.of("a.b")), "r", _ -> {});

    assertThat(launch.finished().output()).isEqualTo("own sitecustomize\nprogram\n");
  }

  @Test
  void saysWhenNoPythonTookTheProfilerIn() {
    ProfileFiles files =
        launch(Targets.workload("shapes", List.of(), "-I", "-c", "1"), List.of("a.b"));

    assertThat(files.remarks()).singleElement().asString().contains("ignores PYTHONPATH");
  }

  private ProfileFiles launch(Workload workload, List<String> functions) {
    Launch launch =
        new Launcher(processes, temp.resolve("run"), System.getenv())
            .profiled(workload, new Profiling(Attach.INJECT, functions), "round0_x", _ -> {});
    assertThat(launch.finished().succeeded()).as(launch.finished().output()).isTrue();
    return launch.profile().orElseThrow();
  }

  private static Map<String, TargetNote.State> states(ProfileFiles files) {
    return files.targets().stream()
        .collect(Collectors.toMap(TargetNote::function, TargetNote::state));
  }

  private static String remark(ProfileFiles files, String function) {
    return files.targets().stream()
        .filter(note -> note.function().equals(function))
        .map(TargetNote::remark)
        .collect(Collectors.joining());
  }
}
