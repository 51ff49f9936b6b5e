package hostperf.run;

import hostperf.repository.Recovered;
import hostperf.repository.Repository;

/// Brings to an end what a process announced in a journal and did not live to confirm.
public final class Recovery {
  private final Checkout checkout;

  public Recovery(Checkout checkout) {
    this.checkout = checkout;
  }

  /// Looks through the runs; does nothing where nothing was left half done. The caller owns the
  /// checkout.
  public void recover() {
    for (var run : checkout.runs().all()) {
      if (run.moving().isPresent()) {
        recover(run, checkout.repository());
      }
    }
  }

  private void recover(Run run, Repository repository) {
    var recovered = repository.recover(run.moving().orElseThrow());
    boolean finished = recovered.outcome() == Recovered.Outcome.FINISHED;
    var runs = checkout.runs();
    var confirmed =
        switch (run.stage()) {
          case Stage.Applying s ->
              finished
                  ? new Event.Patched(s.change().patchId())
                  : new Event.PatchWithdrawn(
                      s.change().patchId(), "A crash interrupted the patch; it was taken back.");
          case Stage.RollingBack s ->
              finished
                  ? new Event.RolledBack(s.change().patchId())
                  : new Event.RollbackFailed(
                      s.change().patchId(), "A crash interrupted the rollback; call it again.");
          case Stage other -> ended(run, other, finished);
        };
    var next = runs.append(run, confirmed);
    if (!recovered.leftAlone().isEmpty()) {
      runs.append(
          next,
          new Event.Noted("recovery", "Left alone: " + String.join("; ", recovered.leftAlone())));
    }
  }

  /// A swap is undone whatever the stage; a finish that got through is confirmed.
  private static Event ended(Run run, Stage stage, boolean finished) {
    boolean wasFinishing = run.moving().orElseThrow().head().isPresent();
    return wasFinishing && finished && !(stage instanceof Stage.Finished)
        ? new Event.Finished(run.setup().base().originalBranch())
        : new Event.SwapEnded();
  }
}
