package hostperf.tool;

import hostperf.Refusal;
import hostperf.agent.Effect;
import hostperf.agent.Outcome;
import hostperf.agent.Tool;
import hostperf.approval.TrustedConfigurations;
import hostperf.catalog.Library;
import hostperf.job.Checkout;
import hostperf.job.Jobs;
import hostperf.propose.Drafter;
import hostperf.run.Analysis;
import hostperf.run.Ending;
import hostperf.run.OneLaunch;
import hostperf.run.Patching;
import hostperf.run.Profiles;
import hostperf.run.Recovery;
import hostperf.run.RollingBack;
import hostperf.run.Starting;
import hostperf.run.Testing;
import hostperf.run.Trusting;
import hostperf.run.Validating;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Every tool, in the order of the workflow: the table of contents of what an agent can do.
public final class AllTools implements AutoCloseable {
  /// What is left in a read-only server.
  private static final Set<Effect> LOOKING = Set.of(Effect.READS, Effect.WRITES_RUN_FILES);

  /// Look at a run, which should then be how things are.
  private static final Set<String> READING_RUNS =
      Set.of("status", "classify", "propose_options", "report", "job");

  private final Checkout checkout;
  private final Jobs<Outcome> jobs;
  private final List<Tool<?>> tools;
  private final Tool<?> watching;

  /// All of them, with full access.
  ///
  /// @param drafter a model that writes edits, or `Drafter.NONE`
  /// @param structured how an answer is kept with its job
  /// @param access under `READ_ONLY` those that change code or launch something are left out
  public AllTools(
      Checkout checkout,
      Library library,
      Drafter drafter,
      Function<Outcome, Map<String, Object>> structured,
      Access access) {
    this.checkout = checkout;
    this.jobs = new Jobs<>(checkout, structured);
    var runs = checkout.runs();
    var background = new Background(jobs, checkout, access);
    var trusting = new Trusting(checkout, TrustedConfigurations.ofUser());
    var starting = new Starting(checkout, library, trusting);
    var analysis = new Analysis(checkout, library, drafter);
    var rollingBack = new RollingBack(checkout);
    List<Tool<?>> all =
        List.of(
            new DetectHostOverheadTool(library, checkout.processes(), checkout.root(), background),
            new StartRunTool(starting, background),
            new StatusTool(checkout, trusting, jobs),
            new ProfileTool(new Profiles(checkout, library), checkout, background),
            new ClassifyTool(analysis, runs, background),
            new ProposeOptionsTool(analysis, runs, background),
            new ApplyPatchTool(
                analysis, new Patching(checkout), new OneLaunch(checkout), runs, background),
            new RunUnitTestsTool(new Testing(checkout, library), runs, background),
            new ValidateTool(new Validating(checkout, library), runs, background),
            new RollbackTool(rollingBack, runs, background),
            new ReportTool(checkout, new Ending(checkout), background),
            new CompareTracesTool(library, checkout.processes(), checkout.root(), background),
            new SearchReferencesTool(library),
            new JobTool(jobs, structured, checkout.clock(), Access.FULL));
    this.watching = new JobTool(jobs, structured, checkout.clock(), Access.READ_ONLY);
    this.tools = access == Access.FULL ? recovering(all, new Recovery(checkout)) : unchanging(all);
  }

  /// Tools that write recover by themselves, as the checkout's owner.
  private static List<Tool<?>> recovering(List<Tool<?>> all, Recovery recovery) {
    return all.stream()
        .<Tool<?>>map(
            t ->
                READING_RUNS.contains(t.declaration().name())
                    ? new AfterRecovery<>(t, recovery)
                    : t)
        .toList();
  }

  private static List<Tool<?>> unchanging(List<Tool<?>> all) {
    return all.stream().filter(t -> LOOKING.contains(t.declaration().effect())).toList();
  }

  public List<Tool<?>> list() {
    return tools;
  }

  /// Those that look, for a client that may do no more beside one that may.
  public List<Tool<?>> looking() {
    return unchanging(tools).stream()
        .<Tool<?>>map(t -> t.declaration().name().equals("job") ? watching : t)
        .toList();
  }

  public Tool<?> named(String name) {
    return tools.stream()
        .filter(t -> t.declaration().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "There is no tool '%s'.".formatted(name),
                    "Call one of %s."
                        .formatted(tools.stream().map(t -> t.declaration().name()).toList())));
  }

  /// Whether a job runs in this process.
  public boolean isBusy() {
    return jobs.running().isPresent();
  }

  /// Ends this process's jobs and gives the checkout back.
  @Override
  public void close() {
    jobs.cancelAll();
    checkout.release();
    checkout.owner().close();
  }
}
