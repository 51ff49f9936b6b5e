package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.Approver;
import hostperf.behaviour.Behaviour;
import hostperf.catalog.Library;
import hostperf.classify.Hotspot;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.job.Locking;
import hostperf.journal.Change;
import hostperf.journal.Event;
import hostperf.journal.Move;
import hostperf.journal.Ruling;
import hostperf.journal.Run;
import hostperf.journal.Stage;
import hostperf.journal.Stored;
import hostperf.journal.TestSummary;
import hostperf.journal.ValidationRecord;
import hostperf.measure.Decision;
import hostperf.measure.Mode;
import hostperf.measure.Tier;
import hostperf.repository.CheckoutState;
import hostperf.run.sampling.BusyMachine;
import hostperf.run.sampling.MeasurementStopped;
import hostperf.run.sampling.Measuring;
import hostperf.run.sampling.OutputFiles;
import hostperf.run.sampling.Sampling;
import hostperf.run.sampling.Taking;
import hostperf.verdict.Family;
import hostperf.verdict.Judged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// VALIDATE: measures base against candidate, and writes the verdict down once.
public final class Validating {
  private final Checkout checkout;
  private final Profiles profiles;

  public Validating(Checkout checkout, Library library) {
    this.checkout = checkout;
    this.profiles = new Profiles(checkout, library);
  }

  /// What came of it.
  public sealed interface Outcome {
    /// @param behaviour absent where it was not looked at
    record Done(ValidationRecord record, Ruling ruling, Optional<Behaviour> behaviour)
        implements Outcome {}

    /// Nothing may be concluded; the patch is still undecided.
    record CouldNot(String reason, List<String> missing) implements Outcome {}

    /// A swap was asked for, and this patch or workload cannot be measured by one.
    record Unfit(String reason) implements Outcome {}

    /// Others use the machine; the patch is still undecided, and no round is used up.
    record Disturbed(BusyMachine machine) implements Outcome {}

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
      return ended(stopped);
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
    var basis = Basis.of(checkout, run, change);
    var sampling = new Sampling(checkout, run, configuration, measuring, progress);
    var mode = request.mode().orElse(configuration.rules().measuring().how());
    var taking =
        sampling.take(
            new Sampling.Patch(change, basis.changes(), basis.before(), family(run, change)),
            new ValidationRecord.Way(mode, "", 0, request.tier()));
    return judged(run, change, taking, basis, measuring, state, progress);
  }

  /// More samples of the same patch, under the rule that was fixed before the first.
  private Outcome goingOn(Run run, Stage.Validated stage, Consumer<String> progress) {
    var change = stage.change();
    var stored = new Stored(checkout.runs().folder(run.id()));
    var record = stored.validation(change.patchId());
    if (stage.ruling().decision() != Ruling.Decision.MEASURE_MORE) {
      throw new Refusal(
          "The verdict on %s is %s, and no more samples are taken for it: %s"
              .formatted(change.patchId(), stage.ruling().verdict(), stage.ruling().reason()),
          "Call `validate` without `more` to read it again, or go on as its `next` says.");
    }
    Patching.requireTip(run, checkout.repository());
    requireTested(run, change, "or take the patch out with `rollback`");
    var configuration = Locking.configuration(checkout, run);
    var measuring = new Measuring(checkout, run, configuration, progress);
    var state = state(configuration);
    var basis = Basis.of(checkout, run, change);
    try {
      var taking =
          new Sampling(checkout, run, configuration, measuring, progress)
              .more(
                  new Sampling.Patch(change, basis.changes(), basis.before(), family(run, change)),
                  record.way());
      return judged(run, change, taking, basis, measuring, state, progress);
    } catch (MeasurementStopped stopped) {
      return ended(stopped);
    }
  }

  private static Outcome ended(MeasurementStopped stopped) {
    return stopped
        .busy()
        .<Outcome>map(Outcome.Disturbed::new)
        .orElseGet(() -> new Outcome.CouldNot(String.valueOf(stopped.getMessage()), List.of()));
  }

  private Outcome judged(
      Run run,
      Change change,
      Taking taking,
      Basis basis,
      Measuring measuring,
      CheckoutState before,
      Consumer<String> progress) {
    return switch (taking) {
      case Taking.Stopped stopped -> new Outcome.CouldNot(stopped.reason(), stopped.missing());
      case Taking.Unfit(String reason) ->
          new Outcome.Unfit(
              "%s cannot be measured by swap: %s.".formatted(change.patchId(), reason));
      case Taking.Result t ->
          switch (new Judging(checkout, profiles, run, measuring)
              .judge(change, t, basis, progress)) {
            case Judging.Outcome.CouldNot(var reason, var missing) ->
                new Outcome.CouldNot(reason, missing);
            case Judging.Outcome.Judged(var validation, var profileId) -> {
              var left = before.left(state(Locking.configuration(checkout, run)));
              var record =
                  new ValidationRecord(
                      new LaunchNotes(t.samples(), left).added(validation),
                      Optional.of(t.question().looks(t.samples()).getLast()),
                      t.samples(),
                      t.floor(),
                      t.forecast(),
                      t.way());
              yield done(run, change, record, profileId);
            }
          };
    };
  }

  /// The checkout as it is now, but for what the workload writes.
  private CheckoutState state(Configuration configuration) {
    var files = new OutputFiles(configuration.workload(), checkout.root());
    return checkout.repository().state().without(files);
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

  private Outcome done(
      Run run, Change change, ValidationRecord record, Optional<String> profileId) {
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
    var _ = checkout.runs().append(run, new Event.Validated(change.patchId(), ruling));
    return new Outcome.Done(record, ruling, stored.behaviour(change.patchId()));
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
      return new Outcome.Done(record, stage.ruling(), behaviour);
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
    return new Outcome.Done(record, ((Stage.Validated) next.stage()).ruling(), behaviour);
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
    return stored
        .target(change.origin())
        .map(Hotspot::place)
        .map(p -> p.file() + " " + p.function() + " " + p.source());
  }
}
