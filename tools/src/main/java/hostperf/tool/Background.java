package hostperf.tool;

import hostperf.Refusal;
import hostperf.agent.Caller;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.run.Jobs;
import hostperf.run.OwnerLock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs the work of a call as a job and answers within the call's time: with the result, or with
/// the job's id.
final class Background {
  private static final int USUAL_WAIT = 45;

  /// Clients end calls at 60 s; this leaves them room.
  static final int LONGEST_WAIT = 50;

  private final Jobs<Outcome> jobs;
  private final OwnerLock owner;

  Background(Jobs<Outcome> jobs, OwnerLock owner) {
    this.jobs = jobs;
    this.owner = owner;
  }

  /// Work that changes the run or the checkout: one at a time, by the checkout's owner.
  Outcome write(
      String tool,
      Optional<Integer> waitS,
      Caller caller,
      Function<Consumer<String>, Outcome> work) {
    refuseBesideAnother(tool);
    owner.take();
    return start(tool, waitS, caller, work);
  }

  /// Work that only reads.
  Outcome start(
      String tool,
      Optional<Integer> waitS,
      Caller caller,
      Function<Consumer<String>, Outcome> work) {
    var limit = limit(tool, waitS);
    var job = jobs.start(tool, say -> work.apply(say.andThen(caller::progress)));
    return job.await(limit).orElseGet(() -> running(job.id(), job.progress()));
  }

  /// Refuses a writing call while a job runs, naming the job.
  void refuseBesideAnother(String tool) {
    var other = jobs.running();
    if (other.isPresent()) {
      throw new Refusal(
          "`%s` has to wait: %s (`%s`) is running: %s"
              .formatted(tool, other.get().id(), other.get().tool(), other.get().progress()),
          "Call `job` with job_id %s and action `wait`, or `cancel`.".formatted(other.get().id()));
    }
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
