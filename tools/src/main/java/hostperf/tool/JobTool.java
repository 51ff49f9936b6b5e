package hostperf.tool;

import hostperf.Refusal;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.Tool;
import hostperf.job.Jobs;
import hostperf.report.run.Budget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `job`: waits for work that outlived its call, shows its last lines, or ends it.
final class JobTool implements Tool<JobTool.Input> {
  /// What is wanted of the job.
  enum Action {
    WAIT,
    CANCEL,
    LOG
  }

  record Input(
      @Param("Id of the job, as answered by the tool that began it.") String jobId,
      @Param("`wait` for its answer, `cancel` it, or show its `log`.") Action action,
      @Param("Seconds to wait, at most 50.") Optional<Integer> waitS) {}

  private final Jobs<Outcome> jobs;
  private final Function<Outcome, Map<String, Object>> structured;
  private final InstantSource clock;
  private final Access access;

  JobTool(
      Jobs<Outcome> jobs,
      Function<Outcome, Map<String, Object>> structured,
      InstantSource clock,
      Access access) {
    this.jobs = jobs;
    this.structured = structured;
    this.clock = clock;
    this.access = access;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "job",
        "Job",
        "Waits for, cancels or shows work that took longer than one call. When it is done,"
            + " `result` holds the answer of the tool that began it.",
        Effect.WRITES_RUN_FILES,
        Input.class,
        Outcome.JobReport.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var mine = jobs.mine(input.jobId());
    if (mine.isEmpty()) {
      return recorded(input);
    }
    var job = mine.get();
    var limit = Background.limit("job", input.waitS());
    switch (input.action()) {
      case CANCEL -> {
        requireMayCancel(job.id());
        job.cancel();
        job.awaitEnd(Duration.ofSeconds(10));
      }
      case WAIT -> job.awaitEnd(limit);
      case LOG -> {}
    }
    if (job.failure().isPresent() && job.state() != Jobs.State.CANCELLED) {
      throw job.failure().get();
    }
    var answer =
        job.answer().map(a -> Budget.ANSWER.fit(a, o -> structured.apply(o).toString().length()));
    return new Outcome.JobReport(
        job.id(),
        job.tool(),
        job.state().name().toLowerCase(java.util.Locale.ROOT),
        job.progress(),
        job.elapsed().toMillis() / 1e3,
        answer.isPresent() ? List.of() : lines(job, input.action()),
        job.answer().filter(Outcome::keepsItsTextShort).or(() -> answer),
        answer.map(structured),
        answer.map(Outcome::next).orElseGet(() -> next(job)));
  }

  /// The last line is the progress, which the answer has already.
  private static List<String> lines(Jobs<Outcome>.Job job, Action action) {
    var lines = job.lines();
    return action == Action.LOG || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
  }

  private void requireMayCancel(String jobId) {
    if (access == Access.READ_ONLY) {
      throw new Refusal(
          "A read-only client cannot cancel job %s.".formatted(jobId),
          "Leave it, or cancel it from a client that may run things.");
    }
  }

  private static List<Next> next(Jobs<Outcome>.Job job) {
    if (job.state() != Jobs.State.RUNNING) {
      return List.of(new Next("status", "shows where the run stands now"));
    }
    return job.isCancelled()
        ? List.of(
            new Next(
                "job", Map.of("job_id", job.id(), "action", "wait"), "waits until it has ended"))
        : Background.running(job.id(), "").next();
  }

  private Outcome recorded(Input input) {
    var jobId = input.jobId();
    var record = jobs.recorded(jobId);
    if (record.isEmpty()) {
      var running =
          jobs.recorded().stream()
              .filter(job -> job.state() == Jobs.State.RUNNING)
              .map(Jobs.Entry::jobId)
              .toList();
      throw new Refusal(
          "There is no job '%s'; %s."
              .formatted(
                  jobId,
                  running.isEmpty()
                      ? "none is running"
                      : "running now: " + String.join(", ", running)),
          "Call `status` to see the jobs of a run.");
    }
    var job = record.get();
    if (job.state() == Jobs.State.RUNNING && input.action() != Action.LOG) {
      throw new Refusal(
          "Job %s is done by another server, process %d; it can be waited for and cancelled only"
                  .formatted(jobId, job.process().pid())
              + " there.",
          "Look at it again later with action `log`, or end that process: its job ends with it.");
    }
    var ended = job.times().ended().map(Instant::parse).orElseGet(clock::instant);
    var elapsed = Duration.between(Instant.parse(job.times().started()), ended);
    return new Outcome.JobReport(
        jobId,
        job.tool(),
        job.state().name().toLowerCase(java.util.Locale.ROOT),
        job.error().orElse("done by another server process"),
        elapsed.toMillis() / 1e3,
        job.result().isPresent() ? List.of() : jobs.said(jobId),
        Optional.empty(),
        job.result(),
        List.of(after(job)));
  }

  /// A job that was cut off is begun again by its own tool.
  private static Next after(Jobs.Entry job) {
    var run = job.work().run();
    return (job.state() == Jobs.State.FAILED || job.state() == Jobs.State.REFUSED)
            && run.isPresent()
        ? new Next(job.tool(), "run_id", run.get(), "begins it again; samples taken count")
        : new Next("status", "shows where the run stands now");
  }
}
