package hostperf.tool;

import hostperf.Refusal;
import hostperf.agent.Declaration;
import hostperf.agent.Outcome;
import hostperf.agent.Tool;
import hostperf.approval.TrustedConfigurations;
import hostperf.catalog.Library;
import hostperf.propose.Drafter;
import hostperf.run.Analysis;
import hostperf.run.Checkout;
import hostperf.run.Ending;
import hostperf.run.Jobs;
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
  /// Left out of a read-only server.
  private static final Set<String> CHANGING =
      Set.of("start_run", "apply_patch", "validate", "rollback");

  private final Checkout checkout;
  private final Jobs<Outcome> jobs;
  private final List<Tool<?>> tools;

  /// @param drafter a model that writes edits, or `Drafter.NONE`
  /// @param structured how an answer is kept with its job
  public AllTools(
      Checkout checkout,
      Library library,
      Drafter drafter,
      Function<Outcome, Map<String, Object>> structured) {
    this.checkout = checkout;
    this.jobs = new Jobs<>(checkout, structured);
    var runs = checkout.runs();
    var background = new Background(jobs, checkout);
    var recovery = new Recovery(checkout);
    var trusting = new Trusting(checkout, TrustedConfigurations.ofUser());
    var starting = new Starting(checkout, library, trusting);
    var analysis = new Analysis(checkout, library, drafter);
    var rollingBack = new RollingBack(checkout);
    this.tools =
        List.of(
            new DetectHostOverheadTool(library, checkout.processes(), checkout.root(), background),
            new StartRunTool(starting, background),
            new AfterRecovery<>(new StatusTool(checkout, jobs), recovery),
            new ProfileTool(new Profiles(checkout, library), runs, background),
            new AfterRecovery<>(new ClassifyTool(analysis, runs, background), recovery),
            new AfterRecovery<>(new ProposeOptionsTool(analysis, runs, background), recovery),
            new ApplyPatchTool(new Patching(checkout), runs, background),
            new RunUnitTestsTool(new Testing(checkout, library), runs, background),
            new ValidateTool(new Validating(checkout, library), runs, background),
            new RollbackTool(rollingBack, runs, background),
            new AfterRecovery<>(
                new ReportTool(checkout, new Ending(checkout), background), recovery),
            new CompareTracesTool(library, checkout.processes(), checkout.root(), background),
            new SearchReferencesTool(library),
            new AfterRecovery<>(new JobTool(jobs, structured, checkout.clock()), recovery));
  }

  public List<Tool<?>> list() {
    return tools;
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

  /// Whether a read-only server leaves the tool out.
  public static boolean changes(Declaration<?> declaration) {
    return CHANGING.contains(declaration.name());
  }

  /// Ends this process's jobs and gives the checkout back.
  @Override
  public void close() {
    jobs.cancelAll();
    checkout.owner().close();
  }
}
