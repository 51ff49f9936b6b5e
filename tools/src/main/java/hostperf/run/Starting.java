package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.Approver;
import hostperf.approval.Consent;
import hostperf.approval.Decision;
import hostperf.approval.TrustedConfigurations;
import hostperf.catalog.Layout;
import hostperf.catalog.Library;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.profile.EnvironmentReader;
import hostperf.profile.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Begins runs: what is settled then, and the person's yes to commands this machine has not seen.
public final class Starting {
  private final Checkout checkout;
  private final Library library;
  private final TrustedConfigurations trusted;

  public Starting(Checkout checkout, Library library, TrustedConfigurations trusted) {
    this.checkout = checkout;
    this.library = library;
    this.trusted = trusted;
  }

  /// What came of it.
  public sealed interface Started {
    /// @param functions where to begin
    record Begun(Run run, List<String> functions) implements Started {}

    record NotAllowed(Approval approval, Decision decision) implements Started {}
  }

  /// @param handoff JSON of a trace's `optimization_handoff`
  /// @param wait how long to wait for a person
  public Started start(
      Optional<String> goal,
      Optional<Integer> maxRounds,
      Optional<String> handoff,
      Approver approver,
      Duration wait) {
    var configuration = checkout.configuration();
    var repository = checkout.repository();
    repository.requireFit();
    refuseSecondRun();
    var asked = asked(configuration, approver, wait);
    if (asked.refused().isPresent()) {
      return asked.refused().get();
    }
    int rounds = maxRounds.orElse(configuration.rules().maxRounds());
    if (rounds < 1 || rounds > 100) {
      throw new Refusal(
          "`max_rounds` is %d; it may be 1 to 100.".formatted(rounds), "Call `start_run` again.");
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
    var functions = StartFunctions.of(configuration, handoff, library, checkout.sources());
    var begun = checkout.runs().begin(id, setup);
    var run = asked.note().map(n -> checkout.runs().append(begun, new Event.Noted("approval", n)));
    return new Started.Begun(run.orElse(begun), functions);
  }

  /// What the workload runs on, and how the engine of this checkout is laid out.
  private Map<String, String> environment(Configuration configuration) {
    var environment =
        new TreeMap<>(
            new EnvironmentReader(checkout.processes(), System.getenv())
                .identity(configuration.workload()));
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

  /// @param note for the journal: who allowed it, and how
  private record Asked(Optional<Started> refused, Optional<String> note) {}

  private Asked asked(Configuration configuration, Approver approver, Duration wait) {
    var hash = configuration.source().sha256();
    if (trusted.contains(hash)) {
      return new Asked(Optional.empty(), Optional.empty());
    }
    var approvals = checkout.approvals(Optional.empty());
    var _ = checkout.runs().home();
    var question =
        approvals.question(
            Optional.empty(),
            Approval.Kind.CONFIGURATION,
            hash,
            """
            hostperf.yaml of this checkout has not been allowed on this machine. A run starts
            these commands, many times:

            %s"""
                .formatted(ConfigurationReader.commands(configuration)));
    var decision = new Consent(approvals).obtain(question, approver, wait);
    if (decision instanceof Decision.Approved approved) {
      trusted.add(hash);
      var _ = approvals.use(question.id());
      var answer = approved.answer();
      var note =
          "%s (the configuration) allowed by %s through %s"
              .formatted(question.id(), answer.by(), answer.channel());
      return new Asked(Optional.empty(), Optional.of(note));
    }
    return new Asked(Optional.of(new Started.NotAllowed(question, decision)), Optional.empty());
  }

  private static String words(Metric metric) {
    return "%s (%s, %s is better)"
        .formatted(
            metric.name(),
            metric.unit(),
            metric.better().name().toLowerCase(java.util.Locale.ROOT));
  }
}
