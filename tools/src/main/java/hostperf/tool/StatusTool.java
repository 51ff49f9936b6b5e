package hostperf.tool;

import hostperf.Refusal;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.RunOutcome;
import hostperf.agent.Tool;
import hostperf.job.Checkout;
import hostperf.job.Jobs;
import hostperf.journal.Round;
import hostperf.journal.Run;
import hostperf.journal.RunId;
import hostperf.journal.Stored;
import hostperf.run.Questions;
import hostperf.run.Recovery;
import hostperf.run.Stopping;
import hostperf.run.Trusting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// `status`: where a run stands, what may come next, and whether to go on.
final class StatusTool implements Tool<StatusTool.Input> {
  private static final int MOST_JOBS = 5;

  record Input(@Param("Run; all runs of the checkout by default.") Optional<RunId> runId) {}

  private final Checkout checkout;
  private final Trusting trusting;
  private final Jobs<Outcome> jobs;

  StatusTool(Checkout checkout, Trusting trusting, Jobs<Outcome> jobs) {
    this.checkout = checkout;
    this.trusting = trusting;
    this.jobs = jobs;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "status",
        "Status",
        "Without a run: all runs and open approvals. With one: its stage, rounds, jobs, approvals, whether a stopping"
            + " criterion holds, and the calls that make sense now. Call it when unsure, and after"
            + " any interruption.",
        Effect.READS,
        Input.class,
        List.of(RunOutcome.RunStatus.class, RunOutcome.AllRuns.class));
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    return input.runId().isPresent() ? one(checkout.runs().load(input.runId().get())) : all();
  }

  private Outcome all() {
    var rows =
        checkout.runs().all().stream()
            .map(
                r ->
                    new RunOutcome.RunRow(
                        r.id().value(),
                        r.stage().label(),
                        r.rounds().size(),
                        r.setup().goal(),
                        started(r)))
            .toList();
    var approvals = approvals(_ -> true);
    var next =
        rows.isEmpty()
            ? List.of(new Next("start_run", whenToStart(approvals)))
            : List.of(
                new Next("status", "run_id", rows.getLast().runId(), "where the latest stands"));
    var notes = Stream.concat(checkout.notBelieved().stream(), aroundIt()).toList();
    return new RunOutcome.AllRuns(rows, approvals, notes, next);
  }

  private String whenToStart(List<RunOutcome.ApprovalRow> approvals) {
    if (approvals.stream().anyMatch(a -> a.state().equals("pending"))) {
      return "make your call again, once a person has answered, with the arguments that you gave";
    }
    return isAllowed()
        ? "begins a run on this checkout"
        : "asks a person to allow this hostperf.yaml, which is new on this machine, and begins a run";
  }

  /// A file that cannot be read is for `start_run` to refuse.
  private boolean isAllowed() {
    try {
      return trusting.allows(checkout.configuration());
    } catch (Refusal e) {
      return true;
    }
  }

  /// To the second, as a person reads it.
  private static String started(Run run) {
    return Instant.parse(run.setup().base().started()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private Outcome one(Run run) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var stopping = Stopping.of(run, stored);
    return new RunOutcome.RunStatus(
        run.id().value(),
        run.stage().label(),
        run.rounds().size(),
        run.rounds().stream().map(r -> row(r, stored)).toList(),
        new RunOutcome.Stopping(stopping.stop(), stopping.reasons()),
        jobs(run),
        approvals(run),
        notes(run),
        running(run).map(List::of).orElseGet(() -> NextMoves.of(run, stopping)));
  }

  /// Its own, what was left half done in the checkout where this may not put it right, and what
  /// else the machine is at.
  private List<String> notes(Run run) {
    return Stream.concat(run.notes().stream(), aroundIt()).toList();
  }

  private Stream<String> aroundIt() {
    return Stream.concat(
        new Recovery(checkout).leftovers().stream().map(l -> "%s. %s".formatted(l, Recovery.HEAL)),
        checkout.machine().notes().stream());
  }

  /// What is at work comes first: nothing else may begin beside it.
  private Optional<Next> running(Run run) {
    return jobs.recorded().stream()
        .filter(j -> isOf(run, j) && j.state() == Jobs.State.RUNNING)
        .findFirst()
        .map(
            j ->
                new Next(
                    "job",
                    Map.of("job_id", j.jobId(), "action", "wait"),
                    "waits for `%s`, which is at work".formatted(j.tool())));
  }

  /// Those at work, and the latest of those that broke off; a refusal was answered and is over.
  private List<RunOutcome.JobRow> jobs(Run run) {
    var unfinished =
        jobs.recorded().stream()
            .filter(j -> isOf(run, j))
            .filter(j -> j.state() != Jobs.State.DONE && j.state() != Jobs.State.REFUSED)
            .map(j -> new RunOutcome.JobRow(j.jobId(), j.tool(), AnalysisRows.spelled(j.state())))
            .toList();
    return unfinished.subList(Math.max(0, unfinished.size() - MOST_JOBS), unfinished.size());
  }

  /// Work outside a run is shown with each.
  private static boolean isOf(Run run, Jobs.Entry job) {
    return job.work().run().map(id -> id.equals(run.id().value())).orElse(true);
  }

  static RunOutcome.RoundRow row(Round round, Stored stored) {
    var origin = round.change().origin();
    var hotspot = stored.target(origin);
    return new RunOutcome.RoundRow(
        round.number(),
        round.change().summary(),
        hotspot
            .map(h -> h.typeWords())
            .or(() -> origin.word().map(w -> w.type().name()))
            .orElse(""),
        hotspot.map(h -> h.place().function()).orElse(""),
        origin.optionId().orElse(origin.how()),
        round.ruling().map(j -> j.verdict()).orElse(""),
        decision(round),
        round.change().code().commit());
  }

  private static String decision(Round round) {
    if (round.rolledBack().isPresent()) {
      return "roll_back";
    }
    return round.ruling().map(j -> AnalysisRows.spelled(j.decision())).orElse("open");
  }

  private List<RunOutcome.ApprovalRow> approvals(Run run) {
    var id = Optional.of(run.id().value());
    return approvals(q -> q.approval().runId().equals(id));
  }

  private List<RunOutcome.ApprovalRow> approvals(Predicate<Questions.Question> wanted) {
    return Questions.of(checkout).stream()
        .filter(Questions.Question::isOpen)
        .filter(wanted)
        .map(
            q ->
                new RunOutcome.ApprovalRow(
                    q.approval().id(), AnalysisRows.spelled(q.approval().kind()), q.state()))
        .toList();
  }
}
