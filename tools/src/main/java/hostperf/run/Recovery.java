package hostperf.run;

import hostperf.Refusal;
import hostperf.job.Checkout;
import hostperf.job.JobFiles;
import hostperf.job.Jobs;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.Stage;
import hostperf.repository.Recovered;
import hostperf.repository.Undisturbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Brings to an end what a process announced in a journal and did not live to confirm, and ends
/// the processes it left running. Each finding becomes a note of its run, which `status` shows.
public final class Recovery {
  private static final Set<String> MEASURING = Set.of("validate", "report");

  /// How a person or an agent puts right what was left half done.
  public static final String HEAL =
      "`hostperf recover` recovers it, and so does the next call of a server that may write.";

  private final Checkout checkout;
  private final JobFiles jobs;

  public Recovery(Checkout checkout) {
    this.checkout = checkout;
    this.jobs = new JobFiles(checkout.home());
  }

  /// Looks through jobs and runs; does nothing where nothing was left half done. The caller owns
  /// the checkout and no job of this process is at work.
  ///
  /// @return what had been left half done, in words
  public List<String> recover() {
    var found = unfinished();
    // First the processes: a workload that still runs would see its files change.
    jobs.abandoned().forEach(this::settle);
    cancelHeld();
    for (var run : checkout.runs().all()) {
      if (run.moving().isPresent()) {
        recover(run);
      }
    }
    return found;
  }

  /// The same for a server that may write and is asked to look: where another process owns the
  /// checkout, or this one does, nothing is done.
  public void recoverIfUnowned() {
    if (!unfinished().isEmpty()) {
      checkout.owner().ifFree(this::recover);
    }
  }

  /// Refuses to build on what was left half done.
  public void requireNone() {
    unfinished().stream()
        .findFirst()
        .ifPresent(
            first -> {
              throw new Refusal(first + ", and this server only reads.", HEAL);
            });
  }

  /// What was left half done, in words; empty where all is well, and where somebody is at it.
  public List<String> leftovers() {
    return checkout.owner().isFree() ? unfinished() : List.of();
  }

  private List<String> unfinished() {
    var cut =
        jobs.abandoned().stream()
            .map(j -> "%s (`%s`) was cut off when its server ended".formatted(j.jobId(), j.tool()));
    var moves = checkout.runs().all().stream().flatMap(r -> moving(r).stream());
    return Stream.of(cut, moves, held()).flatMap(s -> s).toList();
  }

  /// Jobs of Slurm, which outlive the machine that asked for them.
  private Stream<String> held() {
    return checkout.home().fault().isPresent()
        ? Stream.empty()
        : checkout.heldJobs().abandoned().stream()
            .map("the Slurm job %s of a server that ended may still hold nodes"::formatted);
  }

  /// Where Slurm does not answer, the next call tries again; the job also ends by itself.
  private void cancelHeld() {
    try {
      var _ = checkout.heldJobs().recover(checkout.processes(), checkout.root());
    } catch (Refusal _) {
      // It is noted still.
    }
  }

  private static Optional<String> moving(Run run) {
    return run.moving().map(_ -> "%s was left in the middle of a move".formatted(run.id()));
  }

  private void settle(Jobs.Entry job) {
    int ended = jobs.settle(job);
    var text =
        "%s (`%s`) was cut off when its server ended%s. Call `%s` again%s."
            .formatted(
                job.jobId(),
                job.tool(),
                ended > 0 ? "; %d of its processes still ran and were ended".formatted(ended) : "",
                job.tool(),
                MEASURING.contains(job.tool()) ? "; samples that were taken count" : "");
    runOf(job).ifPresent(run -> note(run, text));
  }

  private Optional<Run> runOf(Jobs.Entry job) {
    return checkout.runs().all().stream()
        .filter(r -> job.work().run().equals(Optional.of(r.id().value())))
        .findFirst();
  }

  private void recover(Run run) {
    var found = new ArrayList<Recovered>();
    var intent = run.moving().orElseThrow();
    Undisturbed.act(() -> found.add(checkout.repository().recover(intent, run.commits())));
    var recovered = found.getFirst();
    boolean finished = recovered.outcome() == Recovered.Outcome.FINISHED;
    var next = checkout.runs().append(run, confirmed(run, finished));
    if (!recovered.leftAlone().isEmpty()) {
      next = note(next, "Left alone: " + String.join("; ", recovered.leftAlone()));
    }
    var what =
        switch (run.stage()) {
          case Stage.Applying s when finished ->
              s.change().patchId() + " was being applied and has been applied.";
          case Stage.RollingBack s when finished ->
              s.change().patchId() + " was being rolled back and has been rolled back.";
          // Their own events say so.
          case Stage.Applying _, Stage.RollingBack _ -> "";
          case Stage other when isFinishing(run) ->
              finished
                  ? "The run was being finished and has been finished."
                  : "The run was being finished at stage %s; nothing of it was done."
                      .formatted(other.label());
          case Stage _ ->
              "Files showed the base for a measurement; they have their own content again.";
        };
    if (!what.isEmpty()) {
      var _ = note(next, "A server ended in the middle of its work. " + what);
    }
  }

  private static Event confirmed(Run run, boolean finished) {
    return switch (run.stage()) {
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
      // A swap is undone whatever the stage; a finish that got through is confirmed.
      case Stage other ->
          isFinishing(run) && finished && !(other instanceof Stage.Finished)
              ? new Event.Finished(run.setup().base().originalBranch())
              : new Event.SwapEnded();
    };
  }

  private static boolean isFinishing(Run run) {
    return run.moving().orElseThrow().head().isPresent();
  }

  private Run note(Run run, String text) {
    return checkout.runs().append(run, new Event.Noted("recovery", text));
  }
}
