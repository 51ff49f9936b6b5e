package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Approver;
import hostperf.catalog.Layout;
import hostperf.catalog.Library;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.Setup;
import hostperf.metric.Metric;
import hostperf.profile.EnvironmentReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Begins runs: what is settled then, and the person's yes to commands this machine has not seen.
public final class Starting {
  private final Checkout checkout;
  private final Library library;
  private final Trusting trusting;

  public Starting(Checkout checkout, Library library, Trusting trusting) {
    this.checkout = checkout;
    this.library = library;
    this.trusting = trusting;
  }

  /// What came of it.
  public sealed interface Started {
    /// @param functions where to begin
    record Begun(Run run, List<String> functions) implements Started {}

    record NotAllowed(Approval approval, ApprovalResult decision) implements Started {}
  }

  /// @param handoff JSON of a trace's `optimization_handoff`
  /// @param until when to stop waiting for a person
  public Started start(
      Optional<String> goal,
      Optional<Integer> maxRounds,
      Optional<String> handoff,
      Approver approver,
      Instant until) {
    var configuration = checkout.configuration();
    var repository = checkout.repository();
    repository.requireFit();
    refuseSecondRun();
    int rounds = maxRounds.orElse(configuration.rules().maxRounds());
    if (rounds < 1 || rounds > 100) {
      throw new Refusal(
          "`max_rounds` is %d; it may be 1 to 100.".formatted(rounds), "Call `start_run` again.");
    }
    var asked =
        trusting.allows(configuration)
            ? Optional.<Trusting.Asked>empty()
            : Optional.of(trusting.ask(configuration, approver, until));
    if (asked.filter(a -> !(a.decision() instanceof ApprovalResult.Approved)).isPresent()) {
      return new Started.NotAllowed(asked.get().question(), asked.get().decision());
    }
    var id = checkout.newRunId();
    var base =
        new Setup.Base(
            repository.head(),
            repository.headName(),
            "hostperf/" + id,
            checkout.clock().instant().toString());
    var primary = configuration.primary();
    var locked =
        new Setup.Locked(
            configuration.source().sha256(), configuration.shownText(), words(primary));
    var setup =
        new Setup(
            goal.orElse("raise " + primary.name()),
            rounds,
            base,
            locked,
            environment(configuration),
            handoff);
    var functions = new StartFunctions(configuration, handoff, library, checkout.sources()).named();
    var begun = checkout.runs().begin(id, setup);
    var run =
        asked
            .flatMap(Starting::note)
            .map(n -> checkout.runs().append(begun, new Event.Noted("approval", n)));
    return new Started.Begun(run.orElse(begun), functions);
  }

  /// What the workload runs on, and how the engine of this checkout is laid out.
  private Map<String, String> environment(Configuration configuration) {
    var executor = checkout.executor(configuration);
    // Elsewhere it is not known before the first launch, which may wait for nodes.
    var environment =
        executor.isHere()
            ? new TreeMap<>(
                EnvironmentReader.of(executor, _ -> {}, System.getenv())
                    .identity(configuration.workload()))
            : new TreeMap<String, String>();
    var layouts = library.targets().of(configuration.target()).layouts();
    var layout = Layout.of(layouts, checkout.root());
    if (!layout.isEmpty()) {
      environment.put("layout", layout);
    }
    return environment;
  }

  private void refuseSecondRun() {
    var open = checkout.runs().all().stream().filter(r -> r.openChange().isPresent()).findFirst();
    if (open.isPresent()) {
      throw new Refusal(
          "Run %s has a patch in this checkout that is not decided on.".formatted(open.get().id()),
          "Go on with it (`status` run_id %1$s) or take it out (`rollback` run_id %1$s) first."
              .formatted(open.get().id()));
    }
  }

  /// Who allowed it and how; empty where it had been allowed before.
  private static Optional<String> note(Trusting.Asked asked) {
    return asked.decision() instanceof ApprovalResult.Approved(var answer)
        ? Optional.of(
            "%s (the configuration) allowed by %s through %s"
                .formatted(asked.question().id(), answer.by(), answer.channel()))
        : Optional.empty();
  }

  private static String words(Metric metric) {
    return "%s (%s, %s is better)"
        .formatted(
            metric.name(),
            metric.unit(),
            metric.better().name().toLowerCase(java.util.Locale.ROOT));
  }
}
