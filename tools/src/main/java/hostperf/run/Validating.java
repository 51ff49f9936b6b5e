package hostperf.run;

import hostperf.approval.Approval;
import hostperf.approval.Approver;
import hostperf.catalog.Library;
import hostperf.configuration.Configuration;
import hostperf.measure.Bound;
import hostperf.measure.Decision;
import hostperf.measure.Evidence;
import hostperf.measure.Family;
import hostperf.measure.Floor;
import hostperf.measure.Forecast;
import hostperf.measure.Judged;
import hostperf.measure.Measured;
import hostperf.measure.Noise;
import hostperf.measure.Plan;
import hostperf.measure.Rule;
import hostperf.measure.SpotChange;
import hostperf.measure.Tier;
import hostperf.measure.Validator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// VALIDATE: profiles the patched code to explain, measures base against candidate to decide, and
/// writes the verdict down once.
public final class Validating {
  /// The gain whose chance of being found is told before time is spent.
  private static final double HOPED = 0.02;

  private final Checkout checkout;
  private final Profiles profiles;

  public Validating(Checkout checkout, Library library) {
    this.checkout = checkout;
    this.profiles = new Profiles(checkout, library);
  }

  /// What came of it.
  public sealed interface Outcome {
    record Done(Run run, ValidationRecord record, Ruling ruling) implements Outcome {}

    /// Nothing may be concluded; the patch is still undecided.
    record CouldNot(String reason, List<String> missing) implements Outcome {}

    /// A suspicious gain waits for a person.
    record Held(Approval approval, hostperf.approval.Decision decision) implements Outcome {}
  }

  public Outcome validate(
      Run run, Optional<Tier> tier, Approver approver, Duration wait, Consumer<String> say) {
    run.require(Move.VALIDATE);
    if (run.stage() instanceof Stage.Validated validated) {
      return again(run, validated, approver, wait);
    }
    var tested = (Stage.Tested) run.stage();
    var configuration = Locking.configuration(checkout, run);
    var measuring = new Measuring(checkout, run, configuration, say);
    try {
      return measured(
          run,
          tested.change(),
          tier.orElse(configuration.rules().measuring().tier()),
          configuration,
          measuring,
          say);
    } catch (MeasurementStopped stopped) {
      return new Outcome.CouldNot(String.valueOf(stopped.getMessage()), List.of());
    }
  }

  private Outcome measured(
      Run run,
      Change change,
      Tier tier,
      Configuration configuration,
      Measuring measuring,
      Consumer<String> say) {
    var floor = measuring.floor();
    if (!(floor instanceof Floor.Known known)) {
      return new Outcome.CouldNot(((Floor.Unsteady) floor).reason(), List.of("a steady machine"));
    }
    var wanted = new Profiles.Wanted("validate", functions(run, change), false);
    var taken = profiles.take(run, wanted, say);
    if (!(taken instanceof Profiles.Taken.Profile(ProfileRecord profile))) {
      var failed = (Profiles.Taken.Failed) taken;
      return new Outcome.CouldNot(failed.reason(), failed.missing());
    }
    var evidence = evidence(run, change, profile);
    // From the samples that are complete by now, so that a measurement that goes on after a kill
    // has the plan that it began with.
    double seconds = launchSeconds(measuring);
    var plan = tier.plan().within(configuration.rules().measuring().budget(), seconds);
    var rule = new Rule(measuring.minEffect(), known.size(), plan.alpha(), family(run, change));
    var forecast = forecast(known.noise(), rule, plan, measuring, seconds);
    var question = measuring.question(rule, plan);
    var validator = new Validator(question, Ending.guards(configuration));
    var screened = validator.screened(evidence);
    if (screened.isPresent()) {
      var record =
          new ValidationRecord(screened.get(), Optional.empty(), List.of(), known.size(), forecast);
      return done(run, change, record, profile);
    }
    say.accept(forecast);
    var result = measuring.measure(change.patchId(), question, change.code().checkpoint());
    if (result instanceof Measured.Stopped stopped) {
      return new Outcome.CouldNot(stopped.reason(), List.of());
    }
    var validation = validator.validate(result.samples(), evidence, Validator.Tests.PASSED);
    var judged = Optional.of(question.looks(result.samples()).getLast());
    var record = new ValidationRecord(validation, judged, result.samples(), known.size(), forecast);
    return done(run, change, record, profile);
  }

  private Outcome done(Run run, Change change, ValidationRecord record, ProfileRecord profile) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var file = stored.save(change.patchId(), record);
    var validation = record.validation();
    var ruling =
        new Ruling(
            validation.verdict().word(),
            ruling(validation.decision()),
            record.judged().map(Judged::estimate).orElse(0.0),
            validation.reason(),
            profile.profileId(),
            file);
    var next = checkout.runs().append(run, new Event.Validated(change.patchId(), ruling));
    return new Outcome.Done(next, record, ruling);
  }

  private static Ruling.Decision ruling(Decision decision) {
    return switch (decision) {
      case KEEP -> Ruling.Decision.KEEP;
      case ROLL_BACK -> Ruling.Decision.ROLL_BACK;
      case HOLD -> Ruling.Decision.HOLD;
    };
  }

  /// A patch is validated once; a suspicious gain is put before the person.
  private Outcome again(Run run, Stage.Validated stage, Approver approver, Duration wait) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var record = stored.validation(stage.change().patchId());
    if (stage.ruling().decision() != Ruling.Decision.HOLD) {
      return new Outcome.Done(run, record, stage.ruling());
    }
    var shown =
        "Keep this change? Its gain is suspicious.\n%s\n%s"
            .formatted(stage.change().summary(), record.validation().reason());
    var asked =
        new Allowing(checkout, run)
            .ask(Approval.Kind.KEEP, stage.change().code().commit(), shown, approver, wait);
    return switch (asked.decision()) {
      case hostperf.approval.Decision.Approved d ->
          decided(run, stage, record, true, d.answer().by());
      case hostperf.approval.Decision.Declined d ->
          decided(run, stage, record, false, d.answer().by());
      case hostperf.approval.Decision other -> new Outcome.Held(asked.question(), other);
    };
  }

  private Outcome decided(
      Run run, Stage.Validated stage, ValidationRecord record, boolean keep, String by) {
    var next =
        checkout.runs().append(run, new Event.HoldDecided(stage.change().patchId(), keep, by));
    return new Outcome.Done(next, record, ((Stage.Validated) next.stage()).ruling());
  }

  private List<String> functions(Run run, Change change) {
    return new Stored(checkout.runs().folder(run.id()))
        .profile(change.origin().profileId())
        .functions();
  }

  private Evidence evidence(Run run, Change change, ProfileRecord after) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var origin = change.origin();
    var before = stored.profile(origin.profileId());
    var hotspot = origin.hotspotId().map(id -> stored.hotspot(origin.profileId(), id));
    if (hotspot.isEmpty()) {
      return new Evidence(Optional.empty(), Optional.empty(), 0, List.of());
    }
    var place = hotspot.get().place();
    var bounds = new ArrayList<Bound>();
    bounds.add(
        Bound.ofHotspot(
            Bound.most(hotspot.get().cost().seconds(), before.lines()),
            before.figures().distortion()));
    run.setup()
        .handoff()
        .flatMap(Handoff::exposedShare)
        .map(Bound::ofExposedHost)
        .ifPresent(bounds::add);
    return new Evidence(
        SpotChange.ofLine(
            place, Changes.of(checkout.repository(), change), before.lines(), after.lines()),
        SpotChange.ofFunction(place, before.lines(), after.lines()),
        stored.option(origin).map(o -> Evidence.claim(o, hotspot.get())).orElse(0.0),
        bounds);
  }

  /// The p of every earlier try at the same place of the code.
  private Family family(Run run, Change change) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var place = place(change, stored);
    var earlier =
        run.rounds().stream()
            .filter(r -> r.ruling().isPresent())
            .filter(r -> place.isPresent() && place(r.change(), stored).equals(place))
            .flatMap(r -> stored.validation(r.change().patchId()).judged().stream())
            .map(Judged::p)
            .toList();
    return new Family(earlier);
  }

  private static Optional<String> place(Change change, Stored stored) {
    return change
        .origin()
        .hotspotId()
        .map(id -> stored.hotspot(change.origin().profileId(), id).place())
        .map(p -> p.file() + " " + p.function() + " " + p.source());
  }

  private static String forecast(
      Noise noise, Rule rule, Plan plan, Measuring measuring, double launchSeconds) {
    double hoped = Math.max(HOPED, measuring.minEffect());
    return Forecast.of(plan, rule, noise, hoped, launchSeconds).text();
  }

  private static double launchSeconds(Measuring measuring) {
    return measuring.samples("aa-1").stream()
        .mapToDouble(s -> s.launched().seconds())
        .average()
        .orElse(0);
  }
}
