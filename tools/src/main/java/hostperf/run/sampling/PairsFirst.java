package hostperf.run.sampling;

import hostperf.Refusal;
import hostperf.configuration.Configuration;
import hostperf.journal.ValidationRecord;
import hostperf.measure.Floor;
import hostperf.measure.Measured;
import hostperf.measure.Mode;
import hostperf.measure.Question;
import hostperf.measure.SameCode;
import hostperf.measure.Sample;
import hostperf.measure.Tier;
import hostperf.verdict.Futility;
import hostperf.verdict.Percent;
import hostperf.verdict.Plan;
import hostperf.verdict.Power;
import hostperf.verdict.Rule;
import hostperf.verdict.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// Takes the samples of a patch under `quick` before anything is known of the machine's noise.
///
/// A noise floor only ever takes an improvement back, so the same code is measured against itself
/// only where there is one that is within what the same code may differ by between neighbouring
/// launches, at 95%. The chance of a wrong verdict is the spending rule's, with or without it.
final class PairsFirst {
  private final Configuration configuration;
  private final Measuring measuring;
  private final Consumer<String> progress;

  PairsFirst(Configuration configuration, Measuring measuring, Consumer<String> progress) {
    this.configuration = configuration;
    this.measuring = measuring;
    this.progress = progress;
  }

  Taking take(Sampling.Patch patch, ValidationRecord.Way way) {
    var rule = new Rule(measuring.minEffect(), 0, Rule.ONE_LOOK, patch.family());
    var quick = Tier.QUICK.plan();
    var id = patch.change().patchId();
    var base = patch.change().code().checkpoint();
    // The first launch, which is dropped, says what the plan costs; so the plan stays the same
    // when a killed measurement goes on.
    var plan = affordable(quick.further(way.more()), id, measuring.question(rule, quick), base);
    var forecast =
        "%d pairs; the same code is measured against itself only where a gain may be its noise."
            .formatted(plan.pairs());
    progress.accept(forecast);
    var question = measuring.question(rule, plan);
    var measured = measuring.measurePatch(id, question, base);
    int more = way.more();
    if (more == 0 && way.tier().isEmpty() && isTooFew(question, measured)) {
      more = 1;
      question = measuring.question(rule, plan.upTo(plan.looks() + 1));
      measured = measuring.measurePatch(id, question, base);
    }
    if (measured instanceof Measured.Stopped stopped) {
      return new Taking.Stopped(stopped.reason(), missing(stopped));
    }
    var now = new ValidationRecord.Way(Mode.LAUNCHES, way.why(), more, way.tier());
    return floored(question, measured.samples(), now, forecast);
  }

  /// One launch may have met a burst of load, so it makes the plan smaller at most, where a shorter
  /// one is known.
  private Plan affordable(Plan plan, String id, Question question, String base) {
    var budget = configuration.rules().measuring().budget();
    double longest = plan.longest(budget);
    var seconds = measuring.warmUps(id, question, base, longest);
    double latest = seconds.getLast();
    double least = Math.min(Collections.min(seconds), measuring.knownBefore(id));
    if (least > longest) {
      throw new Refusal(
          plan.unpaid(budget, least),
          "Call `validate` again when the machine is less busy: it times another launch; or take the"
              + " patch out with `rollback`. A higher `measure.budget` or a shorter workload in"
              + " hostperf.yaml holds from the next run on.");
    }
    return plan.within(budget, Math.min(latest, longest));
  }

  static List<String> missing(Measured.Stopped stopped) {
    return stopped.cause() == Measured.Cause.FUTILE ? List.of("a steadier machine") : List.of();
  }

  /// Whether the look is open, `quick` seldom finds what is hoped for at the noise just seen, and
  /// as many pairs again mostly find a large gain, or one as large as that seen.
  private boolean isTooFew(Question question, Measured measured) {
    if (!(measured instanceof Measured.Complete(var samples)) || !question.isOpen(samples)) {
      return false;
    }
    var plan = question.plan();
    var noise = SameCode.of(question, samples).map(SameCode::noise);
    if (noise.isEmpty()) {
      return false;
    }
    var power = new Power(question.rule(), noise.get(), plan);
    if (ByLaunches.canFind(power)) {
      return false;
    }
    double seen = question.looks(samples).getLast().estimate();
    double found =
        new Power(question.rule(), noise.get(), plan.upTo(plan.looks() + 1)).resolvable();
    if (found > Math.max(Futility.LARGE, seen)) {
      progress.accept(
          "at this noise %d more pairs find gains of %s and more, so none is taken unasked"
              .formatted(plan.extension(), Percent.percent(found)));
      return false;
    }
    progress.accept(
        "at this noise %d pairs find gains of %s and more, so %d more are taken"
            .formatted(plan.pairs(), Percent.percent(power.resolvable()), plan.extension()));
    return true;
  }

  private Taking floored(
      Question question, List<Sample> samples, ValidationRecord.Way way, String forecast) {
    var judged = question.looks(samples).getLast();
    if (judged.verdict() != Verdict.IMPROVED) {
      return new Taking.Result(question, samples, 0, way, forecast);
    }
    var same = SameCode.of(question, samples);
    if (same.isPresent() && judged.estimate() > same.get().bound()) {
      return result(question, samples, same.get().size(), way, forecast);
    }
    return switch (measuring.floor()) {
      case Floor.Known floor -> result(question, samples, floor.size(), way, forecast);
      case Floor.Unsteady unsteady ->
          new Taking.Stopped(unsteady.reason(), List.of("a steady machine"));
      case Floor.RepeatNeeded _ -> throw new IllegalStateException("it repeats by itself");
    };
  }

  private Taking result(
      Question question,
      List<Sample> samples,
      double floor,
      ValidationRecord.Way way,
      String forecast) {
    var rule = question.rule();
    var with = new Rule(rule.minEffect(), floor, rule.alpha(), rule.family());
    return new Taking.Result(
        measuring.question(with, question.plan()), samples, floor, way, forecast);
  }
}
