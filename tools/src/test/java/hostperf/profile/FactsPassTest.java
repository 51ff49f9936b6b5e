package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hostperf.fact.CallFact;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.host.LocalProcesses;
import hostperf.report.FactText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The target's steps each do the same, so every count is known.
class FactsPassTest {
  private static final int STEPS = 60;
  private static final int SKIPPED = 10;
  private static final int COUNTED = STEPS - SKIPPED;

  @TempDir Path temp;

  private Facts collect(List<String> without, String... arguments) {
    var launcher = new Launcher(new LocalProcesses(), temp, Map.of());
    var wanted =
        new FactsPass.Wanted(
            "steps.Engine.step",
            SKIPPED,
            List.of("steps.Engine.key", "steps.Engine.limit", "steps.Engine.prepare"),
            without);
    var collected =
        new FactsPass(launcher)
            .collect(Targets.workload("steps", List.of(), arguments), wanted, "facts", _ -> {});
    assertThat(collected.launch().finished().succeeded())
        .as(collected.launch().finished().output())
        .isTrue();
    return collected.facts();
  }

  private static LineFact fact(Facts facts, LineFact.Kind kind, String detail) {
    return facts.lines().stream()
        .filter(f -> f.kind() == kind && f.detail().contains(detail))
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " " + detail + " is not in " + facts.lines()));
  }

  private static CallFact calls(Facts facts, String function) {
    return facts.calls().stream()
        .filter(call -> call.place().function().endsWith(function))
        .findFirst()
        .orElseThrow();
  }

  /// Qualified only from Python 3.11 on.
  private static String lastName(String function) {
    return function.substring(function.lastIndexOf('.') + 1);
  }

  @Test
  void countsWhatEachLineDoesAfterTheWarmUp() {
    var facts = collect(List.of(), "steps.py");
    assertThat(facts.steps()).isEqualTo(COUNTED);
    assertThat(fact(facts, LineFact.Kind.LOG_OFF, "DEBUG").count()).isEqualTo(COUNTED);
    assertThat(fact(facts, LineFact.Kind.WAIT, "Queue.get").count()).isEqualTo(COUNTED);
    assertThat(fact(facts, LineFact.Kind.WAIT, "sleep").seconds()).isGreaterThan(0.002 * COUNTED);
    assertThat(fact(facts, LineFact.Kind.SERIALISE, "dumps"))
        .satisfies(f -> assertThat(f.count()).isEqualTo(COUNTED))
        .satisfies(f -> assertThat(f.bytes()).isGreaterThan(100L * COUNTED));
    assertThat(fact(facts, LineFact.Kind.GC_PAUSE, "generation 2").count()).isEqualTo(5);
    assertThat(facts.lines()).allSatisfy(f -> assertThat(f.place().file()).endsWith("steps.py"));
  }

  @Test
  void tellsCallsThatRepeatAndResultsThatNobodyUses() {
    var facts = collect(List.of(), "steps.py");
    assertThat(calls(facts, "key"))
        .satisfies(c -> assertThat(c.calls()).isEqualTo(4 * COUNTED))
        .satisfies(c -> assertThat(c.againInStep()).isEqualTo(2 * COUNTED))
        .satisfies(c -> assertThat(c.unused()).isEqualTo(4 * COUNTED))
        .satisfies(c -> assertThat(c.isConstant()).isFalse());
    assertThat(calls(facts, "limit"))
        .satisfies(c -> assertThat(c.calls()).isEqualTo(COUNTED))
        .satisfies(c -> assertThat(c.unused()).isZero())
        .satisfies(c -> assertThat(c.isConstant()).isTrue());
  }

  @Test
  void saysWhichCollectorsDidNotWork() {
    var facts = collect(List.of("repeated calls", "garbage collection"), "steps.py");
    assertThat(facts.without())
        .containsEntry("garbage collection", "left out on request")
        .containsEntry("repeated calls", "left out on request")
        .containsEntry("tensor operations", "the program does not use torch");
    assertThat(facts.lines()).noneMatch(f -> f.kind() == LineFact.Kind.GC_PAUSE);
    assertThat(facts.calls()).isEmpty();
  }

  @Test
  void countsAForkedChildApart() {
    var facts = collect(List.of(), "steps.py", "--child");
    assertThat(facts.steps()).isEqualTo(2 * COUNTED);
    assertThat(fact(facts, LineFact.Kind.LOG_OFF, "DEBUG").count()).isEqualTo(2 * COUNTED);
  }

  @Test
  void countsASpawnedChildToo() {
    assertThat(collect(List.of(), "steps.py", "--spawn").steps()).isEqualTo(2 * COUNTED);
  }

  @Test
  void tellsLoopsOverTheSameItems() {
    var loops = collect(List.of(), "steps.py").loops();
    assertThat(loops)
        .extracting(
            l -> lastName(l.place().function()),
            l -> l.runs(),
            l -> l.compared(),
            l -> l.unchanged())
        .containsExactly(
            tuple("prepare", (long) COUNTED, (long) COUNTED, COUNTED - 1L),
            tuple("step", (long) COUNTED, 0L, 0L),
            tuple("prepare", (long) COUNTED, (long) COUNTED, 0L));
    assertThat(loops.stream().flatMap(l -> FactText.of(l).stream()))
        .containsExactly("49 of 50 runs of this loop had the items of the run before");
  }

  @Test
  void seesALockThatAnotherThreadHeld() {
    var facts = collect(List.of(), "steps.py", "--locks");
    assertThat(fact(facts, LineFact.Kind.WAIT, "Lock.acquire, held elsewhere"))
        .satisfies(f -> assertThat(f.count()).isBetween(COUNTED / 2L, (long) COUNTED))
        .satisfies(f -> assertThat(f.seconds()).isGreaterThan(0.001 * f.count()))
        .satisfies(f -> assertThat(f.place().function()).endsWith("contend"));
    assertThat(fact(facts, LineFact.Kind.WAIT, "Event.wait").count()).isEqualTo(COUNTED);
  }

  @Test
  void leavesStepsAloneAndSaysWhatWatchingCosts() {
    var facts = collect(List.of(), "steps.py", "200");
    assertThat(facts.counted().alone()).isGreaterThan(20);
    assertThat(facts.steps() + facts.counted().alone()).isEqualTo(200 - SKIPPED);
    assertThat(facts.slowdown()).hasValueSatisfying(s -> assertThat(s).isBetween(0.5, 3.0));
    assertThat(fact(facts, LineFact.Kind.LOG_OFF, "DEBUG").count()).isEqualTo(facts.steps());
  }
}
