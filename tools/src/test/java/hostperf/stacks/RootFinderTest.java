package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RootFinderTest {
  private static Optional<String> found(StackProfile profile) {
    return RootFinder.find(profile, Optional.empty(), List.of()).map(Root::function);
  }

  @Test
  void findsTheFunctionWhoseHeaviestCalleeComesAndGoes() {
    var stacks = Tracks.inTurns(50, "<module>;run;step;schedule", "<module>;run;step;forward");
    assertThat(found(Tracks.profile(Tracks.main(stacks)))).contains("step");
  }

  @Test
  void staysAtTheStepWhereOneCalleeHasNearlyAllOfIt() {
    var stacks = new ArrayList<Stack>();
    for (int i = 0; i < 30; i++) {
      stacks.addAll(Tracks.inTurns(19, "<module>;run;step;forward;layer"));
      stacks.addAll(Tracks.inTurns(1, "<module>;run;step;schedule"));
    }
    assertThat(found(Tracks.profile(Tracks.main(stacks)))).contains("step");
  }

  @Test
  void leavesALoopThatOnlyCallsTheStepForTheStep() {
    for (int seenInLoop : List.of(2, 30)) {
      var stacks = new ArrayList<>(Tracks.inTurns(400, "<module>;main;warm_up"));
      for (int i = 0; i < seenInLoop; i++) {
        stacks.addAll(Tracks.inTurns(1_000 / seenInLoop, "<module>;main;step;forward;layer"));
        stacks.addAll(Tracks.inTurns(10, "<module>;main;step;schedule"));
        stacks.addAll(Tracks.inTurns(1, "<module>;main"));
      }
      for (int i = 0; i < 20; i++) {
        stacks.addAll(
            Tracks.inTurns(30, "<module>;main;step;forward", "<module>;main;step;schedule"));
      }
      assertThat(found(Tracks.profile(Tracks.main(stacks)))).contains("step");
    }
  }

  @Test
  void findsALoopThatCallsTheStagesItself() {
    var stacks = Tracks.inTurns(50, "<module>;loop;schedule", "<module>;loop;forward");
    assertThat(found(Tracks.profile(Tracks.main(stacks)))).contains("loop");
  }

  @Test
  void passesByImportsAndSetUp() {
    var stacks = new ArrayList<>(Tracks.inTurns(40, "<module>;load"));
    stacks.addAll(Tracks.inTurns(100, "<module>;run;step;schedule", "<module>;run;step;forward"));
    assertThat(found(Tracks.profile(Tracks.main(stacks)))).contains("step");
  }

  @Test
  void followsNoImportHoweverLongALargeLibraryTakes() {
    for (int imports : List.of(200, 5_000)) {
      var within = importing(imports);
      var stacks = new ArrayList<>(within);
      stacks.addAll(Tracks.inTurns(40, "<module>;main;step;match", "<module>;main;step;insert"));
      assertThat(found(Tracks.profile(Tracks.main(stacks)))).contains("step");
      assertThat(found(Tracks.profile(Tracks.main(within)))).contains("_process_class");
    }
  }

  @Test
  void followsAProgramThatRunsWithinAnImport() {
    var stacks = importing(1_000);
    stacks.addAll(Tracks.inTurns(60, "<module>;_run_exitfuncs"));
    assertThat(found(Tracks.profile(Tracks.main(stacks)))).contains("_process_class");
  }

  private static List<Stack> importing(int count) {
    var importing = new Frame("_find_and_load", "<frozen importlib._bootstrap>", 1176);
    var stacks = new ArrayList<Stack>();
    for (int i = 0; i < count; i++) {
      var place = i % 2 == 0 ? Tracks.frame("_create_fn") : Tracks.frame("_process");
      stacks.add(
          new Stack(
              List.of(Tracks.frame("<module>"), importing, Tracks.frame("_process_class"), place),
              0.005));
    }
    return stacks;
  }

  @Test
  void looksAtTheThreadThatWorksNotAtTheOnesThatWait() {
    var waiting = Tracks.inTurns(1_000, "<module>;wait");
    var working =
        Tracks.inTurns(100, "_bootstrap;run;step;schedule", "_bootstrap;run;step;forward");
    assertThat(
            found(
                Tracks.profile(Tracks.main(waiting), new ThreadStacks(1, "engine", working, true))))
        .contains("step");
  }

  @Test
  void looksAtTheRankThatWorksNotAtTheLauncherThatImportsAndWaits() {
    var importing = new Frame("_find_and_load", "<frozen importlib._bootstrap>", 1176);
    var launcher = new ArrayList<Stack>();
    for (int i = 0; i < 800; i++) {
      launcher.add(
          new Stack(
              List.of(Tracks.frame("<module>"), importing, Tracks.frame("part" + i % 40)), 0.005));
    }
    launcher.addAll(Tracks.inTurns(2_000, "<module>;main;monitor"));
    var rank = Tracks.inTurns(100, "<module>;run;step;schedule", "<module>;run;step;forward");
    assertThat(
            found(
                Tracks.profile(
                    Tracks.main(launcher), new ThreadStacks(2, "MainThread", rank, true))))
        .contains("step");
  }

  @Test
  void takesTheConfiguredNameByItsModuleAndFunction() {
    var stacks = Tracks.inTurns(20, "<module>;run;step;schedule", "<module>;run;step;forward");
    var profile = Tracks.profile(Tracks.main(stacks));
    var root = RootFinder.find(profile, Optional.of("engine.core.run"), List.of());
    assertThat(root).map(Root::function).contains("run");
    assertThat(root).map(Root::how).contains(Root.How.CONFIGURED);
    assertThat(RootFinder.find(profile, Optional.of("other.module.run"), List.of()))
        .map(Root::function)
        .contains("step");
  }

  @Test
  void takesTheMapsNameWhereNoneIsConfigured() {
    var stacks = Tracks.inTurns(20, "<module>;run;step;schedule", "<module>;run;step;forward");
    var root =
        RootFinder.find(
            Tracks.profile(Tracks.main(stacks)),
            Optional.empty(),
            List.of("engine.core.absent", "engine.core::run"));
    assertThat(root).map(Root::how).contains(Root.How.TARGET_MAP);
  }

  @Test
  void findsNoneWhereNoThreadRanPython() {
    assertThat(found(Tracks.profile(Tracks.main(List.of(new Stack(List.of(), 1)))))).isEmpty();
  }

  @Test
  void dividesByWeightWhereTheProfileHasNoOrder() {
    var stacks =
        List.of(
            Tracks.stack("<module>;run;step;forward", 60),
            Tracks.stack("<module>;run;step;schedule", 40));
    assertThat(found(Tracks.profile(new ThreadStacks(1, "MainThread", stacks, false))))
        .contains("step");
  }
}
