package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final Root ROOT = new Root("step", "/engine/core.py", Root.How.FOUND);

  private static Ranking ranking(StackProfile wall, Optional<StackProfile> holding) {
    return Ranking.of(
        wall, holding.map(h -> h.inSeconds(200)), ROOT, new Own(Path.of("/engine"), ROOT));
  }

  @Test
  void leavesOutFirstCallsThatDoOtherThings() {
    var stacks = new ArrayList<>(Tracks.inTurns(200, "<module>;step;compile"));
    stacks.addAll(Tracks.inTurns(500, "<module>;step;schedule", "<module>;step;forward"));
    var ranking = ranking(Tracks.profile(Tracks.main(stacks)), Optional.empty());
    assertThat(ranking.warmUp()).isCloseTo(200.0 / 1200, within(0.06));
    assertThat(ranking.shares().functions())
        .filteredOn(f -> f.function().equals("compile"))
        .allSatisfy(f -> assertThat(f.own()).isLessThan(0.03));
  }

  @Test
  void keepsAllOfASteadyRun() {
    var stacks = Tracks.inTurns(500, "<module>;step;schedule", "<module>;step;forward");
    var ranking = ranking(Tracks.profile(Tracks.main(stacks)), Optional.empty());
    assertThat(ranking.warmUp()).isZero();
    assertThat(ranking.samples()).isEqualTo(1_000);
  }

  @Test
  void namesWhatLiesBetweenTheRootsCalls() {
    var stacks =
        Tracks.inTurns(
            100,
            "<module>;run:3;step;a",
            "<module>;run:3;step;a",
            "<module>;run:3;step;b",
            "<module>;run:4;check");
    var ranking = ranking(Tracks.profile(Tracks.main(stacks)), Optional.empty());
    assertThat(ranking.outsideShare()).isCloseTo(0.25, within(0.01));
    assertThat(ranking.outside().getFirst().place().function()).isEqualTo("check");
  }

  @Test
  void saysHowMuchOfItsTimeAFunctionHeldTheLock() {
    var wall =
        Tracks.profile(
            Tracks.main(Tracks.inTurns(100, "<module>;step;work", "<module>;step;wait")));
    var holding =
        new StackProfile(
            List.of(
                new ThreadStacks(1, "", List.of(Tracks.stack("<module>;step;work", 100)), false)),
            StackProfile.Unit.SAMPLES,
            "test");
    var held = ranking(wall, Optional.of(holding)).holding();
    assertThat(held.get(Ranking.key("work", "/engine/core.py"))).isCloseTo(1, within(0.01));
    assertThat(held.get(Ranking.key("wait", "/engine/core.py"))).isZero();
  }

  @Test
  void saysNothingOfTheLockWhereOneRankWasNeverLookedAt() {
    var stacks = Tracks.inTurns(100, "<module>;step;work", "<module>;step;wait");
    var wall = Tracks.profile(Tracks.main(stacks), new ThreadStacks(2, "MainThread", stacks, true));
    var holding =
        new StackProfile(
            List.of(
                new ThreadStacks(1, "", List.of(Tracks.stack("<module>;step;work", 100)), false),
                new ThreadStacks(2, "", List.of(Tracks.stack("<module>;load", 40)), false)),
            StackProfile.Unit.SAMPLES,
            "test");
    assertThat(ranking(wall, Optional.of(holding)).holding()).isEmpty();
  }

  /// py-spy looked five times, its twin never.
  @Test
  void saysNothingOfTheLockInAFunctionWithAHandfulOfSamples() {
    var stacks = new ArrayList<>(Tracks.inTurns(100, "<module>;step;work"));
    stacks.addAll(Tracks.inTurns(5, "<module>;step;is_finished"));
    var holding =
        new StackProfile(
            List.of(
                new ThreadStacks(1, "", List.of(Tracks.stack("<module>;step;work", 100)), false)),
            StackProfile.Unit.SAMPLES,
            "test");
    assertThat(
            ranking(Tracks.profile(Tracks.main(stacks)), Optional.of(holding)).holding().keySet())
        .containsExactly(Ranking.key("work", "/engine/core.py"));
  }

  @Test
  void tellsOtherThreadsAndWhereTheyWere() {
    var wall =
        Tracks.profile(
            Tracks.main(Tracks.inTurns(50, "<module>;step;a", "<module>;step;b")),
            new ThreadStacks(1, "poller", Tracks.inTurns(100, "_bootstrap;poll:9"), true));
    var threads = ranking(wall, Optional.empty()).threads();
    assertThat(threads)
        .filteredOn(t -> !t.root())
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.thread()).isEqualTo("poller");
              assertThat(t.most().line()).isEqualTo(9);
              assertThat(t.mostShare()).isEqualTo(1);
            });
  }

  /// A process that was attached to late would look as if it had done less.
  @Test
  void comparesProcessesThatHaveEnoughSamples() {
    var wall =
        Tracks.profile(
            of(1, Tracks.inTurns(50, "<module>;step;a")),
            of(2, Tracks.inTurns(29, "<module>;step;a")),
            of(3, Tracks.inTurns(60, "<module>;step;a")));
    var ranking = ranking(wall, Optional.empty());
    assertThat(ranking.processes().keySet()).containsExactly(1L, 3L);
    assertThat(ranking.uncompared()).isEqualTo(1);
  }

  private static ThreadStacks of(long process, List<Stack> stacks) {
    return new ThreadStacks(process, "main", stacks, true);
  }

  @Test
  void foldsLibrariesIntoTheLineThatCallsThem() {
    var library = new Frame("dumps", "/usr/lib/python3.11/json/__init__.py", 231);
    var stack = new Stack(List.of(Tracks.frame("step:3"), Tracks.frame("send:8"), library), 1);
    var ranking = ranking(Tracks.profile(Tracks.main(List.of(stack))), Optional.empty());
    assertThat(ranking.shares().functions().getFirst().function()).isEqualTo("dumps");
    assertThat(ranking.own().functions().getFirst().function()).isEqualTo("send");
  }

  @Test
  void foldsNothingWhereNoFileIsKnown() {
    var root = new Root("step", "", Root.How.CONFIGURED);
    var hash = new Stack(List.of(new Frame("step", "", 0), new Frame("hash", "", 0)), 1);
    var wall = Tracks.profile(Tracks.main(List.of(hash)));
    var ranking = Ranking.of(wall, Optional.empty(), root, new Own(Path.of("/engine"), root));
    assertThat(ranking.own().functions().getFirst().function()).isEqualTo("hash");
  }
}
