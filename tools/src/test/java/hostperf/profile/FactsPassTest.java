package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hostperf.fact.CallFact;
import hostperf.fact.FactText;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.host.LocalProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The target's steps each do the same, so every count is known.
class FactsPassTest {
  private static final int STEPS = 60;
  private static final int SKIPPED = 10;
  private static final int COUNTED = STEPS - SKIPPED;
  private static final String MANY = "200";

  @TempDir Path temp;

  private Facts collect(List<String> without, String... arguments) {
    var request =
        new FactsPass.Request(
            "steps.Engine.step",
            SKIPPED,
            List.of("steps.Engine.key", "steps.Engine.limit", "steps.Engine.prepare"),
            without);
    return collect("steps", request, arguments).facts();
  }

  private FactsPass.Collected collect(String name, FactsPass.Request request, String... arguments) {
    var launcher = new Launcher(new LocalProcesses(), temp, Map.of());
    var collected =
        new FactsPass(launcher)
            .collect(Targets.workload(name, List.of(), arguments), request, "facts", _ -> {});
    assertThat(collected.launch().finished())
        .satisfies(f -> assertThat(f.succeeded()).as(f.output()).isTrue())
        .satisfies(f -> assertThat(f.output()).doesNotContain("profiling did not start"));
    return collected;
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
    var facts = collect(List.of(), "steps.py", MANY);
    long steps = facts.counted().steps(LineFact.Kind.WAIT);
    assertThat(steps).isBetween(50L, 190L);
    assertThat(fact(facts, LineFact.Kind.LOG_OFF, "DEBUG").count()).isEqualTo(steps);
    assertThat(fact(facts, LineFact.Kind.WAIT, "Queue.get").count()).isEqualTo(steps);
    assertThat(fact(facts, LineFact.Kind.WAIT, "sleep").seconds()).isGreaterThan(0.002 * steps);
    assertThat(fact(facts, LineFact.Kind.SERIALISE, "dumps"))
        .satisfies(f -> assertThat(f.count()).isEqualTo(steps))
        .satisfies(f -> assertThat(f.bytes()).isGreaterThan(100L * steps));
    assertThat(facts.lines()).allSatisfy(f -> assertThat(f.place().file()).endsWith("steps.py"));
  }

  /// What the standard library reads, it reads for itself.
  @Test
  void countsEnvironmentVariablesThatTheProgramReads() {
    var facts = collect(List.of(), "steps.py", MANY);
    assertThat(facts.lines())
        .filteredOn(f -> f.kind() == LineFact.Kind.ENVIRONMENT)
        .singleElement()
        .satisfies(
            f -> assertThat(f.count()).isEqualTo(facts.counted().steps(LineFact.Kind.ENVIRONMENT)))
        .extracting(f -> f.detail(), f -> lastName(f.place().function()))
        .containsExactly("STEPS_FLAG", "step");
  }

  /// Every tenth step collects.
  @Test
  void countsCollectionsInTheStepsThatAreLeftAlone() {
    var facts = collect(List.of(), "steps.py", MANY);
    assertThat(facts.counted().steps(LineFact.Kind.GC_PAUSE))
        .isEqualTo(facts.counted().alone().count());
    assertThat(fact(facts, LineFact.Kind.GC_PAUSE, "generation 2").count())
        .isBetween(1L, facts.counted().alone().count() / 3);
  }

  @Test
  void tellsCallsThatRepeatAndResultsThatNobodyUses() {
    var facts = collect(List.of(), "steps.py", MANY);
    long steps = facts.counted().closely().count();
    assertThat(steps).isGreaterThan(5);
    assertThat(calls(facts, "key"))
        .satisfies(c -> assertThat(c.calls()).isEqualTo(4 * steps))
        .satisfies(c -> assertThat(c.againInStep()).isEqualTo(2 * steps))
        .satisfies(c -> assertThat(c.unused()).isEqualTo(4 * steps))
        .satisfies(c -> assertThat(c.isConstant()).isFalse());
    assertThat(calls(facts, "limit"))
        .satisfies(c -> assertThat(c.calls()).isEqualTo(steps))
        .satisfies(c -> assertThat(c.unused()).isZero())
        .satisfies(c -> assertThat(c.isConstant()).isTrue());
  }

  @Test
  void saysWhichCollectorsDidNotWork() {
    var facts = collect(List.of("repeated calls", "garbage collection"), "steps.py", MANY);
    assertThat(facts.without())
        .containsEntry("garbage collection", "left out on request")
        .containsEntry("repeated calls", "left out on request")
        .containsEntry("tensor operations", "the program does not use torch");
    assertThat(facts.lines()).noneMatch(f -> f.kind() == LineFact.Kind.GC_PAUSE);
    assertThat(facts.calls()).isEmpty();
  }

  private static long all(Facts facts) {
    var counted = facts.counted();
    return counted.alone().count() + counted.watched().count() + counted.closely().count();
  }

  @Test
  void countsAForkedChildApart() {
    var facts = collect(List.of(), "steps.py", "--child");
    assertThat(all(facts)).isEqualTo(2 * COUNTED);
    assertThat(fact(facts, LineFact.Kind.LOG_OFF, "DEBUG").count())
        .isEqualTo(facts.counted().steps(LineFact.Kind.LOG_OFF));
  }

  @Test
  void countsASpawnedChildToo() {
    assertThat(all(collect(List.of(), "steps.py", "--spawn"))).isEqualTo(2 * COUNTED);
  }

  @Test
  void tellsLoopsOverTheSameItems() {
    var facts = collect(List.of(), "steps.py", MANY);
    long steps = facts.counted().closely().count();
    assertThat(facts.loops())
        .extracting(
            l -> lastName(l.place().function()),
            l -> l.runs(),
            l -> l.compared(),
            l -> l.unchanged())
        .containsExactly(
            tuple("prepare", steps, steps, steps - 1),
            tuple("step", steps, 0L, 0L),
            tuple("prepare", steps, steps, 0L));
    assertThat(facts.loops().stream().flatMap(l -> FactText.of(l).stream()))
        .containsExactly(
            "%d of %d runs of this loop had the same items as the run compared before it"
                .formatted(steps - 1, steps));
  }

  @Test
  void seesALockThatAnotherThreadHeld() {
    var facts = collect(List.of(), "steps.py", MANY, "--locks");
    long steps = facts.counted().steps(LineFact.Kind.WAIT);
    assertThat(fact(facts, LineFact.Kind.WAIT, "Lock.acquire, held elsewhere"))
        .satisfies(f -> assertThat(f.count()).isBetween(steps / 2, steps))
        .satisfies(f -> assertThat(f.seconds()).isGreaterThan(0.001 * f.count()))
        .satisfies(f -> assertThat(f.place().function()).endsWith("contend"));
    assertThat(fact(facts, LineFact.Kind.WAIT, "Event.wait").count()).isEqualTo(steps);
  }

  @Test
  void leavesStepsAloneAndSaysWhatWatchingCosts() {
    var facts = collect(List.of(), "steps.py", MANY);
    assertThat(facts.counted().alone().count()).isGreaterThan(20);
    assertThat(all(facts)).isEqualTo(200 - SKIPPED);
    assertThat(facts.counted().slowdown())
        .hasValueSatisfying(s -> assertThat(s).isBetween(0.5, 3.0));
  }

  /// Thousands of short calls a step: to note each of them made a step 70 times slower.
  @Test
  void staysWithinThreeTimesWhereAStepMakesManyCalls() {
    var watched =
        Stream.of("Cache.find", "Cache.insert", "Cache.size", "Cache.touch", "match", "Key.__len__")
            .map("radix."::concat)
            .toList();
    var request = new FactsPass.Request("radix.Load.step", SKIPPED, watched, List.of());
    var collected = collect("radix", request, "radix.py", "300");
    assertThat(collected.facts().counted().slowdown())
        .hasValueSatisfying(s -> assertThat(s).isLessThan(3));
    assertThat(collected.facts().counted().closely().count()).isGreaterThan(1);
    assertThat(calls(collected.facts(), "Cache.find").calls()).isGreaterThan(10);
    // Between two steps everything is the program's own again.
    assertThat(collected.launch().finished().output()).contains("\"restored\": 300");
  }
}
