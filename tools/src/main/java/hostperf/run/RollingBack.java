package hostperf.run;

import hostperf.Refusal;
import hostperf.job.Checkout;
import hostperf.journal.Change;
import hostperf.journal.Event;
import hostperf.journal.Move;
import hostperf.journal.Round;
import hostperf.journal.Run;
import hostperf.repository.Undisturbed;
import java.util.Comparator;
import java.util.List;

/// Takes the open patch out of the checkout, exactly, and keeps its commit for the record.
public final class RollingBack {
  private final Checkout checkout;

  public RollingBack(Checkout checkout) {
    this.checkout = checkout;
  }

  /// @param verified the files, the index entries and the ref were read again and are as before
  public record Done(Run run, Change change, boolean verified) {}

  public Done rollBack(Run run, String reason) {
    run.require(Move.ROLL_BACK);
    var change =
        run.openChange()
            .orElseThrow(
                () ->
                    new Refusal(
                        "Run %s has no patch to take out.".formatted(run.id()),
                        "Call `status` to see where it stands."));
    var repository = checkout.repository();
    var code = change.code();
    var keep = "refs/hostperf/%s/%d".formatted(run.id(), change.round());
    var intent =
        repository.rollback(run.setup().base().branch(), code.commit(), code.checkpoint(), keep);
    var runs = checkout.runs();
    var announced = runs.append(run, new Event.RollbackIntended(change.patchId(), reason, intent));
    try {
      Undisturbed.act(() -> repository.perform(intent));
    } catch (RuntimeException e) {
      var _ =
          runs.append(
              announced,
              new Event.RollbackFailed(change.patchId(), "The rollback could not be done."));
      throw e;
    }
    var done = runs.append(announced, new Event.RolledBack(change.patchId()));
    return new Done(done, change, isAsBefore(code));
  }

  private boolean isAsBefore(Change.Code code) {
    var repository = checkout.repository();
    return repository.head().equals(code.checkpoint()) && repository.dirty(code.files()).isEmpty();
  }

  /// Leaves the run's branch for what was checked out before; the branch stays for merging.
  public Run finish(Run run) {
    run.require(Move.FINISH);
    checkout.release();
    var base = run.setup().base();
    var repository = checkout.repository();
    var runs = checkout.runs();
    if (repository.headName().equals("refs/heads/" + base.branch())) {
      var intent =
          repository.finish(base.branch(), run.tip(), base.originalHeadName(), base.commit());
      var announced = runs.append(run, new Event.FinishIntended(intent));
      Undisturbed.act(() -> repository.perform(intent));
      return runs.append(announced, new Event.Finished(base.originalBranch()));
    }
    return runs.append(run, new Event.Finished(base.originalBranch()));
  }

  /// The kept rounds, the earliest first.
  public static List<Round> kept(Run run) {
    return run.rounds().stream()
        .filter(Round::isKept)
        .sorted(Comparator.comparingInt(Round::number))
        .toList();
  }
}
