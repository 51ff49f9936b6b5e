package hostperf.run;

import hostperf.configuration.Configuration;
import hostperf.host.Finished;
import hostperf.measure.Family;
import hostperf.measure.Floor;
import hostperf.measure.Launched;
import hostperf.measure.Measured;
import hostperf.measure.Measurement;
import hostperf.measure.Plan;
import hostperf.measure.Quantity;
import hostperf.measure.Question;
import hostperf.measure.Rule;
import hostperf.measure.Sample;
import hostperf.measure.Surroundings;
import hostperf.profile.Environment;
import hostperf.profile.EnvironmentReader;
import hostperf.profile.Launch;
import hostperf.profile.Launcher;
import hostperf.profile.Metric;
import hostperf.profile.OutputDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes the samples of a run: base against candidate, the base against itself, and at the end the
/// original base against the final tree.
final class Measuring {
  /// The fewest pairs that can answer: enough for what the machine itself pretends to, and for the
  /// large differences at the end of a run.
  static final Plan FEWEST = new Plan(1, Rule.LEAST, 0);

  private final Checkout checkout;
  private final Run run;
  private final Configuration configuration;
  private final KeptSamples kept;
  private final Consumer<String> say;

  Measuring(Checkout checkout, Run run, Configuration configuration, Consumer<String> say) {
    this.checkout = checkout;
    this.run = run;
    this.configuration = configuration;
    this.kept = new KeptSamples(checkout.runs().journal(run.id()));
    this.say = say;
  }

  /// What the same code pretends to, from the journal or measured now.
  Floor floor() {
    var rounds = new ArrayList<List<Sample>>();
    var base = run.setup().base().commit();
    while (true) {
      var name = "aa-" + (rounds.size() + 1);
      var question = question(new Rule(minEffect(), 0, FEWEST.alpha(), Family.ALONE), FEWEST);
      say.accept("measuring the base against itself, to know this machine's noise");
      var measured = measure(name, question, new CheckoutSwap.Versions(base, base, changed(base)));
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

  /// The files in which the base and HEAD differ.
  List<String> changed(String base) {
    var repository = checkout.repository();
    return base.equals(repository.head())
        ? List.of()
        : repository.changedFiles(base, repository.head());
  }

  Question question(Rule rule, Plan plan) {
    var primary = configuration.primary();
    return new Question(
        quantity(primary),
        rule,
        plan,
        configuration.rules().measuring().budget().orElse(Duration.ofDays(1)));
  }

  static Quantity quantity(Metric metric) {
    return new Quantity(metric.name(), metric.unit(), metric.better());
  }

  double minEffect() {
    return configuration.rules().measuring().minEffect();
  }

  /// Takes what is missing of a measurement.
  ///
  /// @param name under which the journal keeps its samples
  Measured measure(String name, Question question, CheckoutSwap.Versions versions) {
    var already = kept.of(name);
    int total = question.plan().launchesAtMost();
    var swap =
        new CheckoutSwap(
            checkout.repository(),
            Patching.policy(configuration),
            versions,
            checkout.runs().journal(run.id())::append);
    var launcher =
        new Launcher(
            checkout.processes(), checkout.runs().folder(run.id()).path(), System.getenv());
    int[] done = {already.size()};
    return new Measurement(
            question,
            label -> {
              say.accept("launch %d of %d (%s)".formatted(++done[0], total, label));
              return launched(launcher, name + "_" + label);
            },
            swap,
            step -> kept.keep(name, step))
        .run(already);
  }

  List<Sample> samples(String name) {
    return kept.of(name);
  }

  private Launched launched(Launcher launcher, String label) {
    var at = checkout.clock().instant();
    var before = environment();
    var launch =
        launcher.plain(
            configuration.workload(), Launcher.suffix(run.rounds().size(), label), _ -> {});
    var after = environment();
    if (launch.finished().end() == Finished.End.CANCELLED) {
      // The launch used the interrupt up; the measurement has to see it, and drops this sample.
      Thread.currentThread().interrupt();
    }
    return new Launched(
        failure(launch),
        launch.metrics().values(),
        new Surroundings(
            before.identity(), numbers(before.conditions()), numbers(after.conditions())),
        launch.output() instanceof OutputDigest.Digest digest
            ? Optional.of(digest.sha256())
            : Optional.empty(),
        at,
        launch.finished().duration().toMillis() / 1e3);
  }

  private Environment environment() {
    return new EnvironmentReader(checkout.processes(), System.getenv())
        .read(configuration.workload());
  }

  /// Conditions that are figures; words explain nothing that could be warned of.
  private static Map<String, Double> numbers(Map<String, String> conditions) {
    var numbers = new LinkedHashMap<String, Double>();
    conditions.forEach(
        (name, text) -> {
          try {
            numbers.put(name, Double.parseDouble(text));
          } catch (NumberFormatException _) {
            // not a figure
          }
        });
    return numbers;
  }

  private static Optional<String> failure(Launch launch) {
    if (launch.isComplete()) {
      return Optional.empty();
    }
    if (!launch.finished().succeeded()) {
      return Optional.of(
          "%s with exit code %d; log %s"
              .formatted(launch.finished().end(), launch.finished().exitCode(), launch.log()));
    }
    return launch.metrics().missing().stream()
        .map(m -> "`%s`: %s; log %s".formatted(m.metric().name(), m.reason(), m.log()))
        .findFirst();
  }
}
