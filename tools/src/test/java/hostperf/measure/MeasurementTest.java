package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.measure.Measured.Cause;
import hostperf.measure.Measured.Stopped;
import hostperf.metric.Better;
import hostperf.repository.CheckoutState;
import hostperf.repository.FileMark;
import hostperf.verdict.Family;
import hostperf.verdict.Plan;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private final Machine machine = new Machine();

  @Test
  void launchesWarmUpsAndThenPairsInTurns() {
    machine.measure(new Plan(2, 6, 0));
    assertThat(machine.started)
        .startsWith("warmup1-base", "warmup2-candidate", "pair01-base", "pair01-candidate")
        .containsSubsequence("pair02-candidate", "pair02-base", "pair03-base")
        .hasSize(14);
    assertThat(machine.shown).isEqualTo("original");
  }

  @Test
  void eachLaunchRunsTheVersionItIsLabelledWith() {
    machine.onLaunch = label -> assertThat(label).contains(machine.shown);
    machine.measure(new Plan(1, 6, 0));
    assertThat(machine.started).hasSize(13);
  }

  @Test
  void aKilledMeasurementGoesOnWithTheSamePairs() {
    var plan = new Plan(1, 6, 0);
    var whole = new Machine();
    whole.measure(plan);
    for (int kill = 1; kill < 13; kill++) {
      var killed = new Machine();
      killed.dieAt = kill;
      assertThatThrownBy(() -> killed.measure(plan)).hasMessage("killed");
      killed.dieAt = 0;
      killed.measure(plan);
      assertThat(killed.journal).extracting(s -> s.slot()).isEqualTo(slots(whole));
    }
  }

  @Test
  void aFailedLaunchStaysOnRecordAndItsPairIsRepeated() {
    machine.failing = "pair02-candidate";
    machine.measure(new Plan(0, 6, 0));
    assertThat(machine.started).contains("pair02-candidate-again1", "pair02-base-again1");
    assertThat(machine.journal).hasSize(13);
    assertThat(Schedule.complete(machine.journal)).hasSize(6);
  }

  @Test
  void aPairThatFailsThreeTimesEndsTheMeasurement() {
    machine.failing = "pair02-candidate pair02-candidate-again1 pair02-candidate-again2";
    var stopped = (Stopped) machine.measure(new Plan(0, 6, 0));
    assertThat(stopped.cause()).isEqualTo(Cause.PAIR_LOST);
    assertThat(stopped.reason()).contains("Pair 2").contains("exit code 1");
  }

  @Test
  void aFileChangedBySomeoneElseVoidsThePairAndIsNamed() {
    machine.onLaunch =
        label -> {
          if (label.equals("pair03-base")) {
            machine.files.put("pkg/other.py", "edited");
          }
        };
    machine.measure(new Plan(0, 6, 0));
    assertThat(machine.steps)
        .contains(new MeasurementEvent.Changed(List.of("pkg/other.py was changed")));
    var voided = machine.journal.stream().filter(sample -> sample.voided().isPresent()).toList();
    assertThat(voided).singleElement().matches(s -> s.slot().pair() == 3);
    assertThat(voided.getFirst().voided().orElseThrow()).contains("pkg/other.py");
    assertThat(machine.started).contains("pair03-candidate-again1");
  }

  @Test
  void aChangeBetweenTheHalvesOfAPairCostsNoLaunch() {
    machine.log =
        step -> {
          if (step instanceof MeasurementEvent.Took(var sample)
              && sample.slot().label().equals("pair01-base")) {
            machine.files.put("pkg/other.py", "edited");
          }
        };
    machine.measure(new Plan(0, 6, 0));
    assertThat(machine.started).doesNotContain("pair01-candidate");
    assertThat(machine.started).contains("pair01-base-again1", "pair01-candidate-again1");
  }

  @Test
  void anotherDriverMakesTheSamplesIncomparable() {
    machine.onLaunch = label -> machine.driver = label.startsWith("pair03") ? "580" : "570";
    var stopped = (Stopped) machine.measure(new Plan(0, 6, 0));
    assertThat(stopped.cause()).isEqualTo(Cause.NOT_COMPARABLE);
    assertThat(stopped.reason())
        .isEqualTo("Not comparable: `driver` was 570 at pair01-base and is 580 at pair03-base.");
    assertThat(machine.journal).hasSize(5);
  }

  @Test
  void anotherNodeWithinAPairVoidsThePairAndTheNextCallGoesOnThere() {
    machine.onLaunch = label -> machine.node = label.equals("pair03-candidate") ? "n2" : "n1";
    var stopped = (Stopped) machine.measure(new Plan(0, 6, 0));
    assertThat(stopped.cause()).isEqualTo(Cause.NOT_COMPARABLE);
    assertThat(stopped.reason()).startsWith("Not comparable: `tasks on n").contains("at pair03-");
    machine.onLaunch = _ -> machine.node = "n2";
    assertThat(machine.measure(new Plan(0, 6, 0))).isInstanceOf(Measured.Complete.class);
    assertThat(machine.started).contains("pair03-base-again1", "pair03-candidate-again1");
  }

  @Test
  void stopsBeforeTheLaunchThatWouldExceedTheBudget() {
    machine.budget = Duration.ofSeconds(75);
    var stopped = (Stopped) machine.measure(new Plan(0, 6, 0));
    assertThat(stopped.cause()).isEqualTo(Cause.OUT_OF_BUDGET);
    assertThat(machine.started).hasSize(7);
  }

  @Test
  void aLaunchThatOthersDisturbedIsTakenAgainAndNotAveragedIn() {
    machine.disturbed = "pair02-candidate pair02-candidate-again1";
    machine.quiet = Quiet.DEFAULT;
    machine.measure(new Plan(0, 6, 0));
    assertThat(machine.started).contains("pair02-base-again2", "pair02-candidate-again2");
    assertThat(Schedule.complete(machine.journal)).hasSize(6);
    assertThat(machine.journal.stream().filter(Sample::disturbed))
        .hasSize(2)
        .allSatisfy(
            s ->
                assertThat(s.voided().orElseThrow())
                    .startsWith("Other processes used 90.0% of the CPUs meanwhile; above 50%"));
  }

  @Test
  void aPairThatOthersDisturbThreeTimesEndsTheCallAndTheNextOneGoesOn() {
    var busy = new Machine();
    busy.quiet = Quiet.DEFAULT;
    busy.disturbed = "pair";
    var stopped = (Stopped) busy.measure(new Plan(1, 6, 0));
    assertThat(stopped.cause()).isEqualTo(Cause.DISTURBED);
    assertThat(stopped.reason())
        .isEqualTo(
            "Other processes used 90.0% of the CPUs during 3 tries of pair 1; above 50%"
                + " (`measure.quiet.load`) a launch does not count.");
    assertThat(busy.started)
        .containsExactly("warmup1-base", "pair01-base", "pair01-base-again1", "pair01-base-again2");
    assertThat(busy.shown).isEqualTo("original");

    assertThat(((Stopped) busy.measure(new Plan(1, 6, 0))).cause()).isEqualTo(Cause.DISTURBED);
    assertThat(busy.started).hasSize(7).endsWith("pair01-base-again5");

    busy.disturbed = "";
    assertThat(busy.measure(new Plan(1, 6, 0))).isInstanceOf(Measured.Complete.class);
    assertThat(Schedule.complete(busy.journal)).hasSize(6);
  }

  @Test
  void theBudgetSaysHowMuchOfItWentToDisturbedLaunches() {
    machine.disturbed = "pair01-base pair01-base-again1";
    machine.quiet = Quiet.DEFAULT;
    machine.budget = Duration.ofSeconds(75);
    var stopped = (Stopped) machine.measure(new Plan(0, 6, 0));
    assertThat(stopped.reason()).startsWith("7 launches, 2 of them disturbed by others, took 70 s");
  }

  @Test
  void interruptingPutsTheFilesBackAndDoesNotCountTheLaunchUnderWay() {
    machine.onLaunch =
        label -> {
          if (label.equals("pair02-base")) {
            Thread.currentThread().interrupt();
          }
        };
    var stopped = (Stopped) machine.measure(new Plan(0, 6, 0));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped.cause()).isEqualTo(Cause.INTERRUPTED);
    assertThat(machine.shown).isEqualTo("original");
    assertThat(machine.journal).hasSize(3);
  }

  @Test
  void thePlannedExtensionIsTakenOnlyWhenTheFirstLookIsOpen() {
    machine.gain = 1.5;
    machine.measure(new Plan(0, 8, 8));
    assertThat(machine.started).hasSize(16);
    var open = new Machine();
    open.noise = 0.1;
    open.measure(new Plan(0, 8, 8));
    assertThat(open.started).hasSize(32);
    assertThat(open.steps).filteredOn(step -> step instanceof MeasurementEvent.Extended).hasSize(1);
  }

  @Test
  void thePlanIsCutToTheBudgetBeforeTheFirstPair() {
    var plan = new Plan(1, 10, 10);
    assertThat(plan.within(Duration.ofMinutes(10), 30)).isEqualTo(new Plan(1, 8, 0));
    assertThatThrownBy(() -> plan.within(Duration.ofMinutes(5), 30))
        .hasMessageContaining("the fewest that can decide are 13");
  }

  @Test
  void whatABudgetHardlyPaysForIsThePlanAtTheLongestLaunch() {
    for (int seconds : List.of(1, 97, 600, 601, 3599)) {
      var budget = Duration.ofSeconds(seconds);
      var plan = new Plan(1, 8, 8);
      assertThat(plan.within(budget, plan.longest(budget))).isEqualTo(new Plan(1, 6, 0));
    }
  }

  @Test
  void pairsThatScatterTooMuchEndTheCallEarlyAndTheNextOneGoesOn() {
    machine.endsEarly = true;
    machine.noise = 0.4;
    machine.budget = Duration.ofSeconds(200);
    var stopped = (Stopped) machine.measure(new Plan(1, 8, 0));
    assertThat(stopped.cause()).isEqualTo(Cause.FUTILE);
    assertThat(machine.started).hasSize(9).endsWith("pair04-candidate", "pair04-base");
    assertThat(machine.shown).isEqualTo("original");
    assertThat(stopped.reason())
        .matches(
            "4 pairs scatter by [\\d.]+%, and are [+-][\\d.]+% apart so far\\. At that, 18 pairs, which"
                + " is what twice the budget of 200 s pays for at 10 s a launch, find gains of"
                + " [\\d.]+% and more\\.");

    assertThat(machine.measure(new Plan(1, 8, 0))).isInstanceOf(Measured.Complete.class);
    assertThat(machine.started).hasSize(17);
  }

  @Test
  void pairsThatCanStillDecideAreAllTaken() {
    machine.endsEarly = true;
    machine.noise = 0.05;
    machine.budget = Duration.ofSeconds(200);
    assertThat(machine.measure(new Plan(1, 8, 0))).isInstanceOf(Measured.Complete.class);

    var great = new Machine();
    great.endsEarly = true;
    great.noise = 0.4;
    great.gain = 20;
    great.budget = Duration.ofSeconds(200);
    assertThat(great.measure(new Plan(1, 8, 0))).isInstanceOf(Measured.Complete.class);

    var rich = new Machine();
    rich.endsEarly = true;
    rich.noise = 0.4;
    assertThat(rich.measure(new Plan(1, 8, 0))).isInstanceOf(Measured.Complete.class);
  }

  @Test
  void otherMeasurementsEndWithTheirPlan() {
    machine.noise = 0.4;
    machine.budget = Duration.ofSeconds(200);
    assertThat(machine.measure(new Plan(1, 8, 0))).isInstanceOf(Measured.Complete.class);
  }

  private static List<Slot> slots(Machine machine) {
    return machine.journal.stream().map(Sample::slot).toList();
  }

  /// A machine whose launches take ten seconds each without taking any.
  private static final class Machine implements Swap {
    final List<String> started = new ArrayList<>();
    final List<MeasurementEvent> steps = new ArrayList<>();
    final List<Sample> journal = new ArrayList<>();
    final Map<String, String> files = new HashMap<>(Map.of("pkg/other.py", "same"));
    String shown = "original";
    String failing = "";
    String disturbed = "";
    Quiet quiet = Quiet.ANY;
    String driver = "570";
    private String node = "n1";
    double gain = 1.0;
    double noise;
    int dieAt;
    boolean endsEarly;
    Duration budget = Duration.ofHours(1);
    Consumer<String> onLaunch = _ -> {};
    Consumer<MeasurementEvent> log = _ -> {};

    Measured measure(Plan plan) {
      var rule = new Rule(0.01, 0, plan.alpha(1), Family.ALONE);
      var metric = new Quantity("throughput", "tok/s", Better.HIGHER);
      var question = new Question(metric, rule, plan, budget);
      var measurement = new Measurement(question, quiet, this::launch, this, this::step);
      return (endsEarly ? measurement.endingEarly() : measurement).run(List.copyOf(journal));
    }

    private void step(MeasurementEvent step) {
      steps.add(step);
      if (step instanceof MeasurementEvent.Took(var sample)) {
        journal.add(sample);
      }
      log.accept(step);
    }

    private Launched launch(Slot slot) {
      String label = slot.label();
      started.add(label);
      if (started.size() == dieAt) {
        throw new IllegalStateException("killed");
      }
      onLaunch.accept(label);
      boolean fails = List.of(failing.split(" ")).contains(label);
      double factor = shown.equals("candidate") ? gain : 1;
      double value = 100 * factor * (1 + noise * ((started.size() * 7) % 5 - 2));
      return new Launched(
          fails ? Optional.of("exit code 1") : Optional.empty(),
          Map.of("throughput", value),
          new Surroundings(
              Map.of("driver", driver),
              Map.of("cpu_busy_s", 100.0),
              Map.of("cpu_busy_s", busy(label)),
              Map.of("tasks on " + node, "0-3")),
          Optional.empty(),
          Instant.EPOCH,
          10,
          Optional.of(4.0),
          Map.of());
    }

    /// Of ten seconds on every CPU, the launch itself uses four.
    private double busy(String label) {
      boolean isDisturbed =
          List.of(disturbed.split(" ")).contains(label)
              || (disturbed.equals("pair") && label.startsWith("pair"));
      double all = 10.0 * Runtime.getRuntime().availableProcessors();
      return 100 + 4 + (isDisturbed ? 0.9 * all : 0);
    }

    @Override
    public void base() {
      shown = "base";
    }

    @Override
    public void candidate() {
      shown = "candidate";
    }

    @Override
    public void restore() {
      shown = "original";
    }

    @Override
    public CheckoutState state() {
      var marks = new TreeMap<String, FileMark>();
      files.forEach((path, content) -> marks.put(path, new FileMark(content, "")));
      marks.put("pkg/hot.py", new FileMark(shown, ""));
      var head = new CheckoutState.Head("commit", "refs/heads/main", "");
      return new CheckoutState(head, marks, Map.of(), Set.of());
    }
  }
}
