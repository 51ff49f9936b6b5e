package hostperf.run.sampling;

import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.measure.Floor;
import hostperf.measure.Launches;
import hostperf.measure.Measured;
import hostperf.measure.Measurement;
import hostperf.measure.MeasurementEvent;
import hostperf.measure.Question;
import hostperf.measure.Quiet;
import hostperf.measure.RepositorySwap;
import hostperf.measure.Sample;
import hostperf.measure.Slot;
import hostperf.measure.SwappedLaunches;
import hostperf.measure.Units;
import hostperf.measure.WorkloadLaunches;
import hostperf.profile.EnvironmentReader;
import hostperf.profile.Launcher;
import hostperf.profile.SwapLaunches;
import hostperf.verdict.Family;
import hostperf.verdict.Plan;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Takes the samples of a run: base against candidate, the code against itself, and at the end the
/// original base against the final tree.
public final class Measuring {
  /// Begins the names of measurements of the base against itself.
  private static final String FLOOR = "aa-";

  private final Checkout checkout;
  private final Run run;
  private final Configuration configuration;
  private final KeptSamples kept;
  private final Consumer<String> progress;
  private final int strangersBefore;
  private final EnvironmentReader reader;
  private final QuietFirst quietFirst;

  public Measuring(
      Checkout checkout, Run run, Configuration configuration, Consumer<String> progress) {
    this.checkout = checkout;
    this.run = run;
    this.configuration = configuration;
    this.kept = new KeptSamples(checkout.runs(), run.id());
    this.progress = progress;
    this.strangersBefore = kept.strangers();
    this.reader = EnvironmentReader.of(checkout.executor(configuration), progress, System.getenv());
    this.quietFirst = new QuietFirst(reader, configuration.rules().measuring().quiet(), progress);
  }

  /// Enough for what the machine itself pretends to, and for the large differences at the end of a
  /// run.
  public Plan fewest() {
    return Plan.fewest(Math.max(1, configuration.points().size()));
  }

  /// Whether the samples of a measurement begin, or began, before the machine's noise is known.
  boolean isBeforeFloor(String name) {
    var floor = kept.of(FLOOR + 1);
    var own = kept.of(name);
    return question(new Rule(minEffect(), 0, Rule.ONE_LOOK, Family.ALONE), fewest())
            .looks(floor)
            .isEmpty()
        || (!own.isEmpty()
            && own.getFirst().launched().at().isBefore(floor.getLast().launched().at()));
  }

  /// What launches of a measurement took that tell no more, the latest last. The first is made
  /// where it is missing; where an earlier call found it longer than the budget pays for, one is
  /// made anew, as long as there is no pair.
  List<Double> warmUps(String name, Question question, String base, double longest) {
    boolean isLater = !kept.of(name).isEmpty();
    warmUp(name, question, base);
    var first = kept.of(name).getFirst();
    boolean hasPairs = kept.of(name).stream().anyMatch(s -> s.slot().pair() != Slot.WARM_UP);
    var seconds = new ArrayList<>(List.of(first.launched().seconds()));
    for (int call = 2; ; call++) {
      var again = name + "-call-" + call;
      if (kept.of(again).isEmpty()) {
        boolean isKnown = Math.min(least(seconds), knownBefore(name)) <= longest;
        if (!isLater || hasPairs || isKnown) {
          return seconds;
        }
        isLater = false;
        warmUp(again, question, base);
      }
      seconds.add(kept.of(again).getFirst().launched().seconds());
    }
  }

  private static double least(List<Double> seconds) {
    return seconds.stream().mapToDouble(s -> s).min().orElseThrow();
  }

  /// The shortest launch of the run before a measurement began.
  double knownBefore(String name) {
    var began = kept.of(name).getFirst().launched().at();
    var plain =
        run
            .lastProfile()
            .map(new Stored(checkout.runs().folder(run.id()))::profile)
            .flatMap(profile -> profile.figures().plain())
            .stream()
            .map(p -> p.cost().seconds());
    return Stream.concat(
            plain,
            kept.besides(name).stream()
                .filter(s -> s.isTaken() && s.launched().at().isBefore(began))
                .map(s -> s.launched().seconds()))
        .min(Double::compare)
        .orElse(Double.MAX_VALUE);
  }

  private void warmUp(String name, Question question, String base) {
    if (kept.of(name).isEmpty()) {
      var one =
          new Question(
              question.metrics(),
              question.rule(),
              question.plan(),
              Duration.ZERO,
              question.units());
      if (measure(name, one, base) instanceof Measured.Stopped(_, var cause, var reason)
          && cause != Measured.Cause.OUT_OF_BUDGET) {
        throw new MeasurementStopped(reason);
      }
    }
  }

  /// What the same code pretends to, from the journal or measured now.
  public Floor floor() {
    var rounds = new ArrayList<List<Sample>>();
    var plan = fewest();
    var rule = new Rule(minEffect(), 0, plan.alpha(1), Family.ALONE);
    var question = question(rule, plan);
    while (true) {
      var name = FLOOR + (rounds.size() + 1);
      if (kept.of(name).isEmpty()) {
        progress.accept("measuring the same code against itself, to know this machine's noise");
      }
      var measured = measure(name, question, checkout.repository().head());
      if (measured instanceof Measured.Stopped stopped) {
        throw new MeasurementStopped(stopped.reason());
      }
      rounds.add(measured.samples());
      var floor = Floor.of(question, rounds);
      if (!(floor instanceof Floor.RepeatNeeded)) {
        return floor;
      }
    }
  }

  public Question question(Rule rule, Plan plan) {
    return new Question(
        Quantity.at(configuration.points(), configuration.primary()),
        rule,
        plan,
        configuration.rules().measuring().budget(),
        Units.LAUNCHES);
  }

  public double minEffect() {
    return configuration.rules().measuring().minEffect();
  }

  /// Takes what is missing of a measurement of `base` against the code as it is. Where others keep
  /// the machine too busy, it throws `MeasurementStopped`.
  ///
  /// @param name under which the journal keeps its samples
  public Measured measure(String name, Question question, String base) {
    var quiet = configuration.rules().measuring().quiet();
    return measure(name, question, quiet, base, launches(name), false);
  }

  /// The same of a patch, which ends where its pairs say that more of them decide nothing.
  Measured measurePatch(String name, Question question, String base) {
    var quiet = configuration.rules().measuring().quiet();
    return measure(name, question, quiet, base, launches(name), true);
  }

  /// The same in launches that hold both versions.
  Measured swapped(String name, Question question, String base, SwapLaunches.Request request) {
    var both = new SwapLaunches(launcher());
    // Load beside it disturbs adjacent blocks alike, and the pairs of the base with itself as much.
    return measure(
        name, question, Quiet.ANY, base, new SwappedLaunches(launches(name), both, request), false);
  }

  private Measured measure(
      String name,
      Question question,
      Quiet quiet,
      String base,
      Launches launches,
      boolean endsEarly) {
    var already = kept.of(name);
    var said =
        new LaunchProgress(
            name.startsWith(FLOOR) ? "noise of this machine, base against base: " : "",
            launches instanceof SwappedLaunches,
            question.plan(),
            already.size(),
            checkout.clock());
    var measurement =
        new Measurement(
            question,
            quiet,
            slot -> {
              quietFirst.await();
              progress.accept(said.next(slot));
              return launches.launch(slot);
            },
            swap(checkout, run, configuration, base),
            step -> journal(name, step));
    var measured = (endsEarly ? measurement.endingEarly() : measurement).run(already);
    if (measured instanceof Measured.Stopped(var samples, var cause, var reason)
        && cause == Measured.Cause.DISTURBED) {
      int taken = (int) samples.stream().filter(Sample::isTaken).count();
      throw new MeasurementStopped(new BusyMachine(reason, reader.cpuUsers(), taken, quiet));
    }
    return measured;
  }

  /// What a launch takes, by those of the same code.
  double launchSeconds() {
    return kept.of(FLOOR + 1).stream().mapToDouble(s -> s.launched().seconds()).average().orElse(0);
  }

  /// A word on samples that came into the journal since this began, from somewhere else.
  public List<String> strangers() {
    int strange = kept.strangers() - strangersBefore;
    return strange <= 0
        ? List.of()
        : List.of(
            "While this was measured, %d samples that this process did not take were written to the run's journal; they are not counted."
                .formatted(strange));
  }

  /// Shows a base commit's version of the files that have changed since, announced in the journal.
  public static RepositorySwap swap(
      Checkout checkout, Run run, Configuration configuration, String base) {
    var journal = checkout.runs().journal(run.id());
    return new RepositorySwap(
        checkout.repository(),
        base,
        new OutputFiles(configuration.workload(), checkout.root()),
        intent -> journal.append(new Event.SwapIntended(intent)));
  }

  private WorkloadLaunches launches(String name) {
    var executor = checkout.executor(configuration);
    return new WorkloadLaunches(
        launcher(),
        EnvironmentReader.of(executor, progress, System.getenv()),
        executor::placement,
        configuration.workload(),
        configuration.points(),
        label -> Launcher.suffix(run.rounds().size(), name + "_" + label),
        checkout.clock(),
        _ -> {});
  }

  private Launcher launcher() {
    var folder = checkout.runs().folder(run.id()).path();
    return new Launcher(
        checkout.executor(configuration).workload(progress), folder, System.getenv());
  }

  private void journal(String name, MeasurementEvent step) {
    if (step instanceof MeasurementEvent.Restored) {
      checkout.runs().journal(run.id()).append(new Event.SwapEnded());
    } else {
      if (step instanceof MeasurementEvent.Took(Sample sample)) {
        sample.voided().map("the last launch does not count: "::concat).ifPresent(progress);
      }
      kept.keep(name, step);
    }
  }
}
