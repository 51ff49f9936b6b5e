package hostperf.run.sampling;

import hostperf.configuration.Configuration;
import hostperf.journal.ValidationRecord;
import hostperf.measure.Floor;
import hostperf.measure.Measured;
import hostperf.measure.Mode;
import hostperf.measure.Tier;
import hostperf.verdict.Forecast;
import hostperf.verdict.Noise;
import hostperf.verdict.Percent;
import hostperf.verdict.Plan;
import hostperf.verdict.Power;
import hostperf.verdict.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes the samples of a patch in launches of one version each.
final class ByLaunches {
  /// The gain whose chance of being found is told before time is spent.
  private static final double HOPED = 0.02;

  /// A plan that misses what is hoped for more often than this is no plan.
  private static final double LEAST_CHANCE = 0.8;

  private final Configuration configuration;
  private final Measuring measuring;
  private final Consumer<String> progress;

  ByLaunches(Configuration configuration, Measuring measuring, Consumer<String> progress) {
    this.configuration = configuration;
    this.measuring = measuring;
    this.progress = progress;
  }

  /// @param way its tier, absent for the configuration's, which a noisy machine raises; how many
  ///     looks there may be beyond it; and why not by swap
  Taking take(Sampling.Patch patch, ValidationRecord.Way way) {
    var tier = way.tier().orElse(configuration.rules().measuring().tier());
    return tier == Tier.QUICK && measuring.isBeforeFloor(patch.change().patchId())
        ? new PairsFirst(configuration, measuring, progress).take(patch, way)
        : floorFirst(patch, way);
  }

  private Taking floorFirst(Sampling.Patch patch, ValidationRecord.Way way) {
    var measured = measuring.floor();
    if (!(measured instanceof Floor.Known floor)) {
      return new Taking.Stopped(((Floor.Unsteady) measured).reason(), List.of("a steady machine"));
    }
    // From the samples that are complete by now, so that a measurement that goes on after a kill
    // has the plan that it began with.
    double seconds = measuring.launchSeconds();
    var rule = new Rule(measuring.minEffect(), floor.size(), Rule.ONE_LOOK, patch.family());
    var first = plan(way.tier(), rule, floor.noise());
    var plan =
        first.further(way.more()).within(configuration.rules().measuring().budget(), seconds);
    double hoped = Math.max(HOPED, measuring.minEffect());
    var forecast = Forecast.of(plan, rule, floor.noise(), hoped, seconds).text();
    progress.accept(forecast);
    var question = measuring.question(rule, plan);
    var change = patch.change();
    var result = measuring.measurePatch(change.patchId(), question, change.code().checkpoint());
    if (result instanceof Measured.Stopped stopped) {
      return new Taking.Stopped(stopped.reason(), PairsFirst.missing(stopped));
    }
    return new Taking.Result(
        question,
        result.samples(),
        floor.size(),
        new ValidationRecord.Way(Mode.LAUNCHES, way.why(), way.more(), way.tier()),
        forecast);
  }

  /// `quick` where it can find what is hoped for at the noise just seen, else `confirm`, unless the
  /// caller chose.
  private Plan plan(Optional<Tier> tier, Rule rule, Noise noise) {
    var chosen = tier.orElse(configuration.rules().measuring().tier());
    var power = new Power(rule, noise, chosen.plan());
    if (tier.isPresent() || chosen == Tier.CONFIRM || canFind(power)) {
      return chosen.plan();
    }
    progress.accept(
        "at this noise `quick` finds gains of %s and more, so it is `confirm`, which finds %s and more"
            .formatted(
                Percent.percent(power.resolvable()),
                Percent.percent(new Power(rule, noise, Tier.CONFIRM.plan()).resolvable())));
    return Tier.CONFIRM.plan();
  }

  /// Whether a plan mostly finds what is hoped for.
  static boolean canFind(Power power) {
    return power.chance(Math.max(HOPED, 2 * power.rule().minEffect())) >= LEAST_CHANCE;
  }
}
