package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.Approver;
import hostperf.behaviour.Behaviour;
import hostperf.behaviour.BehaviourWords;
import hostperf.catalog.Library;
import hostperf.classify.Hotspot;
import hostperf.configuration.Configuration;
import hostperf.measure.Decision;
import hostperf.measure.Evidence;
import hostperf.measure.Family;
import hostperf.measure.GainBound;
import hostperf.measure.Judged;
import hostperf.measure.Mode;
import hostperf.measure.Pace;
import hostperf.measure.SpotChange;
import hostperf.measure.Tier;
import hostperf.measure.TouchedCode;
import hostperf.measure.Validator;
import hostperf.patch.FileChange;
import hostperf.profile.Pass;
import hostperf.propose.Option;
import hostperf.repository.CheckoutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// VALIDATE: profiles the patched code to explain, measures base against candidate to decide, and
/// writes the verdict down once.
public final class Validating {
  /// The next round begins from this profile, so it has where time goes; facts, which need one
  /// launch more, are collected by `profile`.
  private static final Set<Pass> EXPLAINING = Set.of(Pass.SAMPLES, Pass.LINES);

  private final Checkout checkout;
  private final Profiles profiles;

  public Validating(Checkout checkout, Library library) {
    this.checkout = checkout;
    this.profiles = new Profiles(checkout, library);
  }

  /// What came of it.
  public sealed interface Outcome {
    /// @param behaviour absent where it was not looked at
    record Done(Run run, ValidationRecord record, Ruling ruling, Optional<Behaviour> behaviour)
        implements Outcome {}

    /// Nothing may be concluded; the patch is still undecided.
    record CouldNot(String reason, List<String> missing) implements Outcome {}

    /// A suspicious gain waits for a person.
    record Held(Approval approval, hostperf.approval.ApprovalResult decision) implements Outcome {}
  }

  /// What is asked of a validation.
  ///
  /// @param tier the configuration's where it is absent
  /// @param mode the configuration's where it is absent
  /// @param more goes on with a measurement that left the patch open
  public record Request(Optional<Tier> tier, Optional<Mode> mode, boolean more) {}

  public Outcome validate(
      Run run, Request request, Approver approver, Instant until, Consumer<String> progress) {
    run.require(Move.VALIDATE);
    if (run.stage() instanceof Stage.Validated validated) {
      return request.more()
          ? goingOn(run, validated, progress)
          : again(run, validated, approver, until);
    }
    var tested = (Stage.Tested) run.stage();
    Patching.requireTip(run, checkout.repository());
    requireTested(run, tested.change(), "or call `run_unit_tests` again");
    var configuration = Locking.configuration(checkout, run);
    var measuring = new Measuring(checkout, run, configuration, progress);
    try {
      return measured(run, tested.change(), request, configuration, measuring, progress);
    } catch (MeasurementStopped stopped) {
      return new Outcome.CouldNot(String.valueOf(stopped.getMessage()), List.of());
    }
  }

  private Outcome measured(
      Run run,
      Change change,
      Request request,
      Configuration configuration,
      Measuring measuring,
      Consumer<String> progress) {
    var state = state(configuration);
    // Read before patched code runs, which can write to these files.
    var basis = basis(run, change);
    var explaining =
        new Profiles.Request("validate", EXPLAINING, basis.before().functions(), false, List.of());
    var taken = profiles.take(run, explaining, progress);
    if (!(taken instanceof Profiles.Result.Profile(ProfileRecord profile, _))) {
      var failed = (Profiles.Result.Failed) taken;
      return new Outcome.CouldNot(failed.reason(), failed.missing());
    }
    var evidence = evidence(run, basis, profile);
    var screened = Validator.screened(evidence);
    if (screened.isPresent()) {
      var record =
          new ValidationRecord(
              screened.get(), Optional.empty(), List.of(), 0, "", ValidationRecord.Way.LAUNCHES);
      return done(run, change, record, profile.profileId());
    }
    var _ = new Behaving(checkout, run, configuration).of(change, basis.before(), progress);
    var sampling = new Sampling(checkout, run, configuration, measuring, progress);
    var mode = request.mode().orElse(configuration.rules().measuring().how());
    var taking =
        sampling.take(
            new Sampling.Patch(change, basis.changes(), basis.before(), family(run, change)),
            new ValidationRecord.Way(mode, "", 0, request.tier()));
    return judged(run, change, taking, evidence, profile.profileId(), measuring, state);
  }

  /// More samples of the same patch, under the rule that was fixed before the first.
  private Outcome goingOn(Run run, Stage.Validated stage, Consumer<String> progress) {
    var change = stage.change();
    var stored = new Stored(checkout.runs().folder(run.id()));
    var record = stored.validation(change.patchId());
    if (stage.ruling().decision() != Ruling.Decision.MEASURE_MORE) {
      throw new Refusal(
          "The verdict on %s is %s, and more samples may not change it: %s"
              .formatted(change.patchId(), stage.ruling().verdict(), stage.ruling().reason()),
          "Call `validate` without `more` to read it again, or go on as its `next` says.");
    }
    Patching.requireTip(run, checkout.repository());
    requireTested(run, change, "or take the patch out with `rollback`");
    var configuration = Locking.configuration(checkout, run);
    var measuring = new Measuring(checkout, run, configuration, progress);
    var state = state(configuration);
    var basis = basis(run, change);
    var profileId = stage.ruling().profileId();
    var evidence = evidence(run, basis, stored.profile(profileId));
    try {
      var taking =
          new Sampling(checkout, run, configuration, measuring, progress)
              .more(
                  new Sampling.Patch(change, basis.changes(), basis.before(), family(run, change)),
                  record.way());
      return judged(run, change, taking, evidence, profileId, measuring, state);
    } catch (MeasurementStopped stopped) {
      return new Outcome.CouldNot(String.valueOf(stopped.getMessage()), List.of());
    }
  }

  private Outcome judged(
      Run run,
      Change change,
      Taking taking,
      Evidence evidence,
      String profileId,
      Measuring measuring,
      CheckoutState state) {
    return switch (taking) {
      case Taking.Stopped stopped -> new Outcome.CouldNot(stopped.reason(), stopped.missing());
      case Taking.Unfit(String reason) ->
          new Outcome.CouldNot(
              "%s cannot be measured by swap: %s.".formatted(change.patchId(), reason),
              List.of("the mode `launches`"));
      case Taking.Result t -> {
        var configuration = Locking.configuration(checkout, run);
        var left = state.left(state(configuration));
        var stored = new Stored(checkout.runs().folder(run.id()));
        var validator = new Validator(t.question(), Ending.guards(configuration));
        var validation =
            new LaunchNotes(t.samples(), left)
                .added(
                    validator.validate(
                        t.samples(),
                        evidence,
                        Validator.Tests.PASSED,
                        noticed(measuring, stored.behaviour(change.patchId()))));
        var judged = Optional.of(t.question().looks(t.samples()).getLast());
        var record =
            new ValidationRecord(validation, judged, t.samples(), t.floor(), t.forecast(), t.way());
        yield done(run, change, record, profileId);
      }
    };
  }

  /// The checkout as it is now, but for what the workload writes.
  private CheckoutState state(Configuration configuration) {
    var files = new OutputFiles(configuration.workload(), checkout.root());
    return checkout.repository().state().without(files);
  }

  /// What a person decides about, however large the gain is.
  private static List<String> noticed(Measuring measuring, Optional<Behaviour> behaviour) {
    var noticed = new ArrayList<>(measuring.strangers());
    behaviour
        .flatMap(Behaviour::firstDifference)
        .map(d -> "The patched code behaves differently: %s.".formatted(BehaviourWords.of(d)))
        .ifPresent(noticed::add);
    return noticed;
  }

  private void requireTested(Run run, Change change, String otherwise) {
    var differs = new TestedCode(checkout, run).differences(change, tests(run));
    if (!differs.isEmpty()) {
      throw new Refusal(
          "The code is not what the tests of %s ran on: %s."
              .formatted(change.patchId(), TestedCode.words(differs)),
          "Put it back as it was, %s.".formatted(otherwise));
    }
  }

  private static TestSummary tests(Run run) {
    return run.rounds().getLast().tests().orElseThrow();
  }

  private Outcome done(Run run, Change change, ValidationRecord record, String profileId) {
    var differs = new TestedCode(checkout, run).differences(change, tests(run));
    if (!differs.isEmpty()) {
      return new Outcome.CouldNot(
          "While the patch was measured, the code that its tests ran on changed: %s."
              .formatted(TestedCode.words(differs)),
          List.of());
    }
    var stored = new Stored(checkout.runs().folder(run.id()));
    var file = stored.save(change.patchId(), record);
    var validation = record.validation();
    var ruling =
        new Ruling(
            validation.verdict().word(),
            ruling(validation.decision()),
            record.judged().map(Judged::estimate).orElse(0.0),
            validation.reason(),
            profileId,
            file);
    var next = checkout.runs().append(run, new Event.Validated(change.patchId(), ruling));
    return new Outcome.Done(next, record, ruling, stored.behaviour(change.patchId()));
  }

  private static Ruling.Decision ruling(Decision decision) {
    return switch (decision) {
      case KEEP -> Ruling.Decision.KEEP;
      case ROLL_BACK -> Ruling.Decision.ROLL_BACK;
      case HOLD -> Ruling.Decision.HOLD;
      case MEASURE_MORE -> Ruling.Decision.MEASURE_MORE;
    };
  }

  /// A patch is validated once; a suspicious gain is put before the person.
  private Outcome again(Run run, Stage.Validated stage, Approver approver, Instant until) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var record = stored.validation(stage.change().patchId());
    var behaviour = stored.behaviour(stage.change().patchId());
    if (stage.ruling().decision() != Ruling.Decision.HOLD) {
      return new Outcome.Done(run, record, stage.ruling(), behaviour);
    }
    var shown =
        ApprovalText.ofKeeping(
            stage.change(),
            record.validation().reason(),
            behaviour,
            stored.diff(stage.change().patchId()));
    var asked =
        new Allowing(checkout, run)
            .ask(Approval.Kind.KEEP, stage.change().code().commit(), shown, approver, until);
    return switch (asked.decision()) {
      case hostperf.approval.ApprovalResult.Approved d ->
          decided(run, stage, record, true, d.answer().by());
      case hostperf.approval.ApprovalResult.Declined d ->
          decided(run, stage, record, false, d.answer().by());
      case hostperf.approval.ApprovalResult other -> new Outcome.Held(asked.question(), other);
    };
  }

  private Outcome decided(
      Run run, Stage.Validated stage, ValidationRecord record, boolean keep, String by) {
    if (keep) {
      requireTested(run, stage.change(), "or take the patch out with `rollback`");
    }
    var next =
        checkout.runs().append(run, new Event.HoldDecided(stage.change().patchId(), keep, by));
    var behaviour =
        new Stored(checkout.runs().folder(run.id())).behaviour(stage.change().patchId());
    return new Outcome.Done(next, record, ((Stage.Validated) next.stage()).ruling(), behaviour);
  }

  /// What was known before the patch was measured.
  ///
  /// @param before the profile of the analysis that the patch rests on
  private record Basis(
      ProfileRecord before,
      Optional<Hotspot> hotspot,
      Optional<Option> option,
      List<FileChange> changes) {}

  private Basis basis(Run run, Change change) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var origin = change.origin();
    return new Basis(
        stored.profile(origin.profileId()),
        stored.target(origin),
        stored.option(origin),
        Changes.of(checkout.repository(), change));
  }

  private static Evidence evidence(Run run, Basis basis, ProfileRecord after) {
    var before = basis.before();
    var place = basis.hotspot().map(Hotspot::place);
    var function = place.flatMap(p -> SpotChange.ofFunction(p, before.lines(), after.lines()));
    return new Evidence(
        place.flatMap(p -> SpotChange.ofLine(p, basis.changes(), before.lines(), after.lines())),
        function,
        basis.hotspot().flatMap(h -> basis.option().map(o -> Evidence.claim(o, h))).orElse(0.0),
        limits(run, basis),
        Pace.of(
            basis.changes(),
            before.lines(),
            after.lines(),
            function.map(f -> f.before().seconds()).orElse(0.0)),
        before.figures().part());
  }

  private static GainBound bound(Hotspot hotspot, ProfileRecord before) {
    double most = GainBound.most(hotspot.cost().seconds(), before.lines());
    return GainBound.ofHotspot(most, before.figures().distortion());
  }

  private static Evidence.Limits limits(Run run, Basis basis) {
    var before = basis.before();
    double distortion = before.figures().distortion();
    var touched = TouchedCode.of(basis.changes(), before.lines());
    var bounds = new ArrayList<GainBound>();
    touched
        .bound(before.lines(), distortion)
        // Where the time of the touched code is not known, the hotspot stands for what was meant.
        .or(() -> basis.hotspot().map(h -> bound(h, before)))
        .ifPresent(bounds::add);
    run.setup()
        .handoff()
        .flatMap(Handoff::exposedShare)
        .map(GainBound::ofExposedHost)
        .ifPresent(bounds::add);
    return new Evidence.Limits(bounds, touched.unknown());
  }

  /// The p of every earlier try at the same place of the code.
  private Family family(Run run, Change change) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var place = place(change, stored);
    var earlier =
        run.rounds().stream()
            .filter(r -> r.ruling().isPresent() && r.number() != change.round())
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
}
