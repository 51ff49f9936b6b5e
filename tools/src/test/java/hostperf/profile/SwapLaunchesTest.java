package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes; each swap is of `work.py`, whose text a test changes.
class SwapLaunchesTest {
  private static final String ROOT = "steps.Loop.step";
  private static final Path WORK = Targets.folder("swap").resolve("work.py");
  private static final Path STEPS = Targets.folder("swap").resolve("steps.py");

  @TempDir Path temp;

  private SwapLaunches.Seen launch(
      String function, String old, String now, boolean mirrored, String... arguments)
      throws IOException {
    return launch(function, old, now, List.of(), mirrored, arguments);
  }

  private SwapLaunches.Seen launch(
      String function,
      String old,
      String now,
      List<SwapLaunches.Added> added,
      boolean mirrored,
      String... arguments)
      throws IOException {
    var text = Files.readString(WORK);
    assertThat(text).contains(old);
    var launcher = new Launcher(new LocalProcesses(), temp, Map.of());
    var swapped =
        new SwapLaunches.Function("work::" + function, WORK, text, text.replace(old, now), false);
    var request = new SwapLaunches.Request(ROOT, List.of(swapped), added, 7, 10, 10, mirrored);
    var seen =
        new SwapLaunches(launcher)
            .launch(Targets.workload("swap", List.of(), arguments), request, "swap", _ -> {});
    assertThat(seen.launch().finished().succeeded()).as(seen.launch().finished().output()).isTrue();
    return seen;
  }

  private SwapLaunches.Timed only(String function, String old, String now, String... arguments)
      throws IOException {
    return launch(function, old, now, false, arguments).processes().getFirst();
  }

  @Test
  void bothVersionsTakeTurnsAndTheSlowerOneIsSeen() throws IOException {
    var timed =
        only(
            "Engine.run",
            "total += busy(n)",
            "total += busy(n) + busy(n) + busy(n) - 2 * busy(n)",
            "steps.py",
            "1000");
    assertThat(timed.reason()).isEmpty();
    assertThat(timed.calls()).isEqualTo(1000);
    assertThat(timed.steps()).isEqualTo(990);
    // 99 blocks make 49 pairs, of which the first warms up.
    assertThat(timed.pairs()).hasSize(48);
    var test = timed.pairs().stream().filter(p -> !p.floor()).toList();
    var floor = timed.pairs().stream().filter(SwapLaunches.BlockPair::floor).toList();
    assertThat(test).hasSizeBetween(20, 44);
    assertThat(median(test)).isGreaterThan(2);
    assertThat(median(floor)).isBetween(0.7, 1.4);
  }

  @Test
  void whatTheCandidatesModuleHasMoreIsMade() throws IOException {
    var added =
        List.of(
            new SwapLaunches.Added(WORK, "", "log2", "from math import log2"),
            new SwapLaunches.Added(WORK, "", "_TWICE", "_TWICE = 2"),
            new SwapLaunches.Added(
                STEPS, "Loop", "_thrice", "def _thrice(self):\n    return range(3)\n"),
            new SwapLaunches.Added(WORK, "", "Loop", "from __main__ import Loop"),
            new SwapLaunches.Added(
                WORK,
                "",
                "_slower",
                "def _slower(n):\n    return log2(_TWICE) * sum(busy(n) for _ in Loop._thrice(None)) / 3\n"),
            new SwapLaunches.Added(
                WORK, "Engine", "_one", "def _one(self, n: int) -> int:\n    return _slower(n)\n"),
            new SwapLaunches.Added(
                WORK, "Engine", "_none", "@property\ndef _none(self):\n    return 0"));
    var timed =
        launch(
                "Engine.run",
                "total += busy(n)",
                "total += self._one(n) + self._none",
                added,
                false,
                "steps.py",
                "1000")
            .processes()
            .getFirst();
    assertThat(timed.reason()).isEmpty();
    assertThat(median(timed.pairs().stream().filter(p -> !p.floor()).toList())).isGreaterThan(2);
  }

  @Test
  void ofOverloadsTheLastDefinitionTakesTurns() throws IOException {
    var text =
        Files.readString(WORK)
            .replace(
                "def busy(n):",
                "from typing import overload\n\n\n@overload\ndef busy(n): ...\n\n\ndef busy(n):");
    var folder = Files.createDirectory(temp.resolve("swap"));
    Files.writeString(folder.resolve("work.py"), text);
    Files.copy(Targets.folder("swap").resolve("steps.py"), folder.resolve("steps.py"));
    var workload = Targets.workload("swap", List.of(), "steps.py", "300");
    var there =
        new Workload(
            workload.command(),
            folder,
            workload.environment(),
            workload.timeout(),
            workload.output(),
            workload.metrics());
    var swapped =
        new SwapLaunches.Function(
            "work::busy", folder.resolve("work.py"), text, text.replace("sum(", "0 + sum("), true);
    var timed =
        new SwapLaunches(new Launcher(new LocalProcesses(), temp, Map.of()))
            .launch(
                there,
                new SwapLaunches.Request(ROOT, List.of(swapped), List.of(), 7, 10, 10, false),
                "swap",
                _ -> {})
            .processes()
            .getFirst();
    assertThat(timed.reason()).isEmpty();
    assertThat(timed.pairs()).isNotEmpty();
  }

  @Test
  void theMirrorImageHasTheSamePairsTheOtherWayRound() throws IOException {
    var straight = launch("busy", "sum(", "0 + sum(", false, "steps.py", "300").processes();
    var mirrored = launch("busy", "sum(", "0 + sum(", true, "steps.py", "300").processes();
    assertThat(mirrored.getFirst().pairs())
        .extracting(p -> p.number() + " " + p.floor())
        .isEqualTo(
            straight.getFirst().pairs().stream().map(p -> p.number() + " " + p.floor()).toList());
  }

  @Test
  void everyProcessHasTheScheduleOfTheStepCount() throws IOException {
    var seen = launch("busy", "sum(", "0 + sum(", false, "steps.py", "300", "fork");
    assertThat(seen.processes()).hasSize(2).allSatisfy(p -> assertThat(p.steps()).isEqualTo(290));
    assertThat(seen.processes().getFirst().pairs())
        .extracting(p -> p.number() + " " + p.floor())
        .isEqualTo(
            seen.processes().getLast().pairs().stream()
                .map(p -> p.number() + " " + p.floor())
                .toList());
  }

  @Test
  void pairsDoNotCountWhileAnotherThreadIsInsideTheRoot() throws IOException {
    var timed = only("busy", "sum(", "0 + sum(", "steps.py", "3000", "beside");
    assertThat(timed.reason()).isEmpty();
    assertThat(timed.voided()).isPositive();
  }

  @Test
  void refusesWhatOneVersionKeeps() throws IOException {
    refuses(
        "busy",
        "    return sum(range(n))",
        "    global LAST\n    LAST = n\n    return sum(range(n))",
        "work.busy the versions assign different globals: LAST");
  }

  @Test
  void refusesAnotherSignature() throws IOException {
    refuses("busy", "def busy(n)", "def busy(n, m=0)", "have different signatures");
    refuses("busy", "def busy(n)", "def busy(*n)", "have different signatures");
  }

  @Test
  void refusesWhatTheStepsDoNotCall() throws IOException {
    var late =
        only(
            "late",
            "return n\n\n\ndef chunks",
            "return +n\n\n\ndef chunks",
            "steps.py",
            "60",
            "outside");
    assertThat(late.reason()).isEqualTo("work.late was not called in the first 10 steps");
    var gone = only("late", "def late(n)", "def late(n)", "steps.py", "60");
    assertThat(gone.reason()).contains("was not called in the first 10 steps");
  }

  @Test
  void namesAChangedFunctionThatTheStepsDoNotCall() throws IOException {
    var text = Files.readString(WORK);
    var changed = text.replace("return n\n\n\ndef chunks", "return +n\n\n\ndef chunks");
    assertThat(changed).isNotEqualTo(text);
    var after = changed.replace("sum(range", "0 + sum(range");
    var functions =
        Stream.of("work::busy", "work::late")
            .map(name -> new SwapLaunches.Function(name, WORK, text, after, false))
            .toList();
    var request = new SwapLaunches.Request(ROOT, functions, List.of(), 7, 10, 10, false);
    var timed =
        new SwapLaunches(new Launcher(new LocalProcesses(), temp, Map.of()))
            .launch(
                Targets.workload("swap", List.of(), "steps.py", "300"), request, "swap", _ -> {})
            .processes()
            .getFirst();
    assertThat(timed.reason()).isEmpty();
    assertThat(timed.steps()).isEqualTo(290);
    assertThat(timed.uncalled()).containsExactly("work.late");
  }

  @Test
  void refusesGenerators() throws IOException {
    var text = Files.readString(WORK);
    assertThat(text).contains("total += busy(n)");
    var timed =
        only("busy", "    return sum(range(n))", "    yield sum(range(n))", "steps.py", "60");
    assertThat(timed.reason()).contains("is a generator");
  }

  @Test
  void refusesCodeThatSomethingRewrote() throws IOException {
    var timed = only("Engine.run", "total = 0", "total = int()", "steps.py", "60", "rewritten");
    assertThat(timed.reason()).contains("what runs is not what the file says");
  }

  @Test
  void refusesAFunctionThatIsNotThere() throws IOException {
    var timed = only("Engine.walk", "total = 0", "total = int()", "steps.py", "60");
    assertThat(timed.reason()).contains("work.Engine.walk");
    assertThat(timed.pairs()).isEmpty();
  }

  private void refuses(String function, String old, String now, String reason) throws IOException {
    var timed = only(function, old, now, "steps.py", "60");
    assertThat(timed.reason()).contains(reason);
    assertThat(timed.pairs()).isEmpty();
  }

  private static double median(List<SwapLaunches.BlockPair> pairs) {
    var ratios = pairs.stream().map(p -> p.other() / p.base()).sorted().toList();
    return ratios.get(ratios.size() / 2);
  }

  @Test
  void aBlockHasFiveStepsFewerOfLongOnesAndMoreOfVeryShortOnes() {
    assertThat(SwapLaunches.block(0.004)).isEqualTo(5);
    assertThat(SwapLaunches.block(0.2)).isEqualTo(1);
    assertThat(SwapLaunches.block(0.0001)).isEqualTo(50);
    assertThat(SwapLaunches.block(0)).isEqualTo(5);
  }
}
