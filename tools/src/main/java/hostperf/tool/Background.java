package hostperf.tool;

import hostperf.Refusal;
import hostperf.agent.Caller;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.job.Checkout;
import hostperf.job.Jobs;
import hostperf.job.Jobs.Work;
import hostperf.journal.Actor;
import hostperf.journal.Move;
import hostperf.journal.RunId;
import hostperf.run.Recovery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs the work of a call as a job and answers within the call's time: with the result, or with
/// the job's id.
final class Background {
  /// Work that says how far it is.
  interface Progressing extends Function<Consumer<String>, Outcome> {}

  private static final int USUAL_WAIT = 45;

  /// Clients end calls at 60 s; this leaves them room.
  static final int LONGEST_WAIT = 50;

  private static final Duration FOREVER = Duration.ofDays(365);

  /// Each holds a trace in memory.
  private static final int READERS = 2;

  private final Jobs<Outcome> jobs;
  private final Checkout checkout;
  private final Recovery recovery;
  private final Access access;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final Semaphore readers = new Semaphore(READERS, true);

  Background(Jobs<Outcome> jobs, Checkout checkout, Access access) {
    this.jobs = jobs;
    this.checkout = checkout;
    this.recovery = new Recovery(checkout);
    this.access = access;
  }

  /// The time that calls are limited by.
  InstantSource clock() {
    return checkout.clock();
  }

  /// Work that changes the run or the checkout: one at a time, by the checkout's owner, after what
  /// an earlier process left half done has been put right.
  Outcome write(Work what, Optional<Integer> waitS, Caller caller, Progressing work) {
    var limit = limit(what.tool(), waitS, caller);
    Jobs<Outcome>.Job job;
    oneAtATime.lock();
    try {
      refuseBesideAnother(what.tool());
      checkout.owner().take();
      job = begin(what, caller, progress -> recovered(work, progress));
    } finally {
      oneAtATime.unlock();
    }
    return answer(job, limit);
  }

  /// Work that also launches something, which waits for its turn on this machine, if the run can
  /// take that step at all.
  Outcome launch(Work what, Optional<Integer> waitS, Caller caller, Progressing work) {
    var machine = checkout.machine();
    return write(
        what,
        waitS,
        caller,
        progress -> {
          require(what);
          return machine.inTurn(what.tool(), progress, () -> work.apply(progress));
        });
  }

  private void require(Work what) {
    what.run()
        .map(id -> checkout.runs().load(new RunId(id)))
        .ifPresent(
            run ->
                Arrays.stream(Move.values())
                    .filter(m -> m.tool().equals(what.tool()))
                    .forEach(run::require));
  }

  private Outcome recovered(Progressing work, Consumer<String> progress) {
    if (access == Access.FULL) {
      var _ = recovery.recover();
    } else {
      recovery.requireNone();
    }
    return work.apply(progress);
  }

  /// Work that only reads; what is too much at once waits for its turn.
  Outcome start(Work what, Optional<Integer> waitS, Caller caller, Progressing work) {
    var limit = limit(what.tool(), waitS, caller);
    return answer(begin(what, caller, progress -> inTurn(what.tool(), work, progress)), limit);
  }

  private Outcome inTurn(String tool, Progressing work, Consumer<String> progress) {
    try {
      readers.acquire();
    } catch (InterruptedException _) {
      throw Jobs.cancelled(tool);
    }
    try {
      var outcome = work.apply(progress);
      // A reader that was cut short takes the file for damaged.
      if (Thread.currentThread().isInterrupted()) {
        throw Jobs.cancelled(tool);
      }
      return outcome;
    } finally {
      readers.release();
    }
  }

  private Jobs<Outcome>.Job begin(Work what, Caller caller, Progressing work) {
    var job =
        jobs.start(
            what,
            progress ->
                Actor.as(caller.name(), () -> work.apply(progress.andThen(caller::progress))));
    caller.whenCancelled(job::cancel);
    return job;
  }

  private static Outcome answer(Jobs<Outcome>.Job job, Duration limit) {
    return job.await(limit).orElseGet(() -> running(job.id(), job.progress()));
  }

  static Work of(String tool, RunId run) {
    return new Work(tool, Optional.of(run.value()));
  }

  static Work of(String tool) {
    return new Work(tool, Optional.empty());
  }

  /// Refuses a writing call while a job runs, naming the job.
  void refuseBesideAnother(String tool) {
    var other = jobs.running();
    if (other.isPresent()) {
      throw new Refusal(
          "`%s` has to wait until %s (`%s`) has ended; it says: %s."
              .formatted(tool, other.get().id(), other.get().tool(), other.get().progress()),
          "Call `job` with job_id %s and action `wait`, or `cancel`.".formatted(other.get().id()));
    }
  }

  private static Duration limit(String tool, Optional<Integer> waitS, Caller caller) {
    var asked = limit(tool, waitS);
    return caller.staysForTheAnswer() ? FOREVER : asked;
  }

  static Duration limit(String tool, Optional<Integer> waitS) {
    int seconds = waitS.orElse(USUAL_WAIT);
    if (seconds < 0 || seconds > LONGEST_WAIT) {
      throw new Refusal(
          "`wait_s` is %d; it may be 0 to %d seconds.".formatted(seconds, LONGEST_WAIT),
          "Call `%s` again; longer work goes on as a job.".formatted(tool));
    }
    return Duration.ofSeconds(seconds);
  }

  static Outcome.Running running(String jobId, String progress) {
    var arguments = Map.<String, Object>of("job_id", jobId, "action", "wait");
    return new Outcome.Running(
        jobId,
        "running",
        progress,
        List.of(new Next("job", arguments, "waits for the answer; `cancel` ends the work")));
  }
}
