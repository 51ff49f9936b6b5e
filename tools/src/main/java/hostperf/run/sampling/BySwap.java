package hostperf.run.sampling;

import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.Change;
import hostperf.journal.ProfileRecord;
import hostperf.journal.ValidationRecord;
import hostperf.lines.FunctionProfile;
import hostperf.measure.Measured;
import hostperf.measure.Mode;
import hostperf.measure.NotSwappable;
import hostperf.measure.Question;
import hostperf.measure.Sample;
import hostperf.measure.Slot;
import hostperf.measure.Swapped;
import hostperf.measure.Units;
import hostperf.measure.swap.Swappability;
import hostperf.profile.SwapLaunches;
import hostperf.stacks.Root;
import hostperf.verdict.Family;
import hostperf.verdict.Plan;
import hostperf.verdict.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes the samples of a patch in launches that hold both versions.
final class BySwap {
  /// What such launches cannot tell, for the answer.
  static final String UNSEEN =
      "Both versions took turns inside each launch, and the root's time per step was compared."
          + " A swap does not see start-up, memory, time outside the root and the other metrics;"
          + " the final report measures base against result by launches.";

  private static final int WARM_UP = 20;

  private final Checkout checkout;
  private final Configuration configuration;
  private final Measuring measuring;

  BySwap(Checkout checkout, Configuration configuration, Measuring measuring) {
    this.checkout = checkout;
    this.configuration = configuration;
    this.measuring = measuring;
  }

  /// @param way its tier, and how many looks there may be beyond it
  Taking take(Sampling.Patch patch, ValidationRecord.Way way) {
    if (!configuration.points().isEmpty()) {
      return new Taking.Unfit("the workload is measured at several points, each by launches");
    }
    var paths = patch.changes().stream().map(c -> c.path()).toList();
    var fitness =
        Swappability.of(
            patch.changes(), ProfiledModules.of(checkout.sources(), paths, patch.before()));
    var root = root(patch.before());
    if (fitness instanceof Swappability.Unfit(String reason)) {
      return new Taking.Unfit(reason);
    }
    if (root.isEmpty()) {
      return new Taking.Unfit(
          patch
              .before()
              .observed()
              .ranking()
              .map(r -> r.root().function())
              .map(
                  "the root that the profile found, `%s`, is not a function of the checkout; `workload.root` in hostperf.yaml names another"
                      ::formatted)
              .orElse("no root is known, whose calls are the steps"));
    }
    var request = request(root.get(), (Swappability.Fit) fitness, patch.before(), patch.change());
    try {
      return measured(patch, request, way);
    } catch (NotSwappable not) {
      return new Taking.Unfit(not.reason());
    }
  }

  private SwapLaunches.Function function(Swappability.Exchanged f) {
    return new SwapLaunches.Function(
        f.name(), checkout.root().resolve(f.path()), f.before(), f.after(), f.overloaded());
  }

  private SwapLaunches.Added added(Swappability.Added a) {
    return new SwapLaunches.Added(checkout.root().resolve(a.path()), a.owner(), a.name(), a.text());
  }

  private Question question(ValidationRecord.Way way, Family family) {
    var tier = way.tier().orElse(configuration.rules().measuring().tier());
    var first = tier.swapped(configuration.workload().output().isPresent());
    var plan = first.further(way.more());
    return new Question(
        List.of(Swapped.STEP),
        new Rule(measuring.minEffect(), 0, plan.alpha(1), family),
        plan,
        configuration.rules().measuring().budget(),
        Units.BLOCKS);
  }

  private Taking measured(
      Sampling.Patch patch, SwapLaunches.Request request, ValidationRecord.Way way) {
    var question = question(way, patch.family());
    var name = patch.change().patchId() + "-swap";
    var base = patch.change().code().checkpoint();
    var result = measuring.swapped(name, question, base, request);
    if (result instanceof Measured.Stopped stopped) {
      return new Taking.Stopped(stopped.reason(), List.of());
    }
    var samples = result.samples();
    if (differs(samples)) {
      return new Taking.Unfit(
          "the output of a launch that held both versions differs from the base's");
    }
    return new Taking.Result(
        question,
        samples,
        question.floor(samples),
        new ValidationRecord.Way(Mode.SWAP, UNSEEN + uncalled(samples), way.more(), way.tier()),
        forecast(question.plan()));
  }

  private static String uncalled(List<Sample> samples) {
    var names =
        samples.stream()
            .flatMap(s -> s.launched().swapped().stream())
            .flatMap(s -> s.uncalled().stream())
            .distinct()
            .map("`%s`"::formatted)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? ""
        : " The first steps did not call %s: whether the verdict holds for it is not known."
            .formatted(names);
  }

  private static String forecast(Plan plan) {
    return "%d launches with both versions, and %d more at a time while these leave it open."
        .formatted(plan.launches(), 2 * plan.extension());
  }

  private static boolean differs(List<Sample> samples) {
    var base =
        samples.stream()
            .filter(s -> s.slot().pair() == Slot.WARM_UP && s.isTaken())
            .flatMap(s -> s.launched().output().stream())
            .findFirst();
    return base.isPresent()
        && samples.stream()
            .filter(Sample::isTaken)
            .flatMap(s -> s.launched().output().stream())
            .anyMatch(o -> !o.equals(base.get()));
  }

  /// As the line profiler takes it.
  private Optional<String> root(ProfileRecord before) {
    return configuration
        .root()
        .or(
            () ->
                before
                    .observed()
                    .ranking()
                    .map(r -> r.root())
                    .filter(r -> r.how() != Root.How.WHOLE)
                    .flatMap(r -> name(r, before)));
  }

  private Optional<String> name(Root root, ProfileRecord before) {
    var sources = checkout.sources();
    return sources
        .file(root.file())
        .filter(f -> f.function(root.function()).isPresent())
        .map(f -> ProfiledModules.of(sources, List.of(f.path()), before).nameOf(f))
        .map(module -> module + "::" + root.function());
  }

  private SwapLaunches.Request request(
      String root, Swappability.Fit fit, ProfileRecord before, Change change) {
    var known =
        before.lines().functions().stream()
            .filter(f -> root.replace("::", ".").endsWith("." + f.name()) && f.calls() > 0)
            .findFirst();
    double slower = Math.max(1, before.figures().distortion());
    int block =
        known
            .map(f -> SwapLaunches.block(f.seconds() / slower / f.calls()))
            .orElse(SwapLaunches.BLOCK_STEPS);
    int warmUp =
        known
            .map(FunctionProfile::calls)
            .map(calls -> Math.clamp(calls / 10, 2, WARM_UP))
            .orElse(WARM_UP);
    return new SwapLaunches.Request(
        root,
        fit.functions().stream().map(this::function).toList(),
        fit.added().stream().map(this::added).toList(),
        change.code().commit().hashCode() & 0xFFFFFFFFL,
        warmUp,
        block,
        false);
  }
}
