package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Approver;
import hostperf.audit.Neighbours;
import hostperf.classify.AgentClaim;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.job.Locking;
import hostperf.journal.Change;
import hostperf.journal.Event;
import hostperf.journal.Move;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.metric.Metric;
import hostperf.patch.Edit;
import hostperf.patch.PatchPolicy;
import hostperf.patch.Tree;
import hostperf.repository.Repository;
import hostperf.repository.Undisturbed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Applies a round's one change: judged by policy and audit, allowed by a person where policy wants
/// it, journaled, then committed on the run's branch.
public final class Patching {
  private final Checkout checkout;

  public Patching(Checkout checkout) {
    this.checkout = checkout;
  }

  /// Where the change comes from.
  public sealed interface Request {
    record OfOption(String optionId) implements Request {}

    record OfDiff(String diff) implements Request {}

    record OfEdits(List<Edit> edits) implements Request {}

    record OfWorktree() implements Request {}
  }

  /// What an agent says that its own edit is for; an option knows it by itself.
  ///
  /// @param hotspotId else the hotspots whose lines the patch changes
  public record Aim(Optional<String> hotspotId, AgentClaim claim) {
    public static final Aim NONE = new Aim(Optional.empty(), AgentClaim.NONE);
  }

  /// What came of it.
  public sealed interface Applied {
    /// @param notes what the patch said otherwise than it was applied
    record In(Run run, Change change, List<String> notes) implements Applied {
      public In {
        notes = List.copyOf(notes);
      }
    }

    record NotAllowed(Approval approval, ApprovalResult decision) implements Applied {}
  }

  /// @param until when to stop waiting for a person
  public Applied apply(
      Run run,
      Request request,
      Aim aim,
      Optional<String> summary,
      Approver approver,
      Instant until) {
    run.require(Move.APPLY);
    var configuration = Locking.configuration(checkout, run);
    var repository = checkout.repository();
    requireTip(run, repository);
    var change =
        new ChangeReader(checkout, run, configuration, repository).read(request, aim, summary);
    var refused = allowed(run, change, configuration, approver, until);
    if (refused.isPresent()) {
      return refused.get();
    }
    // A person takes time; what they allowed was made for this commit under this configuration.
    requireTip(run, checkout.repository());
    var _ = Locking.configuration(checkout, run);
    return commit(run, change, checkout.repository());
  }

  public static PatchPolicy policy(Checkout checkout, Configuration configuration) {
    var rules = configuration.rules();
    var measuring = new Harness(checkout.root(), checkout.repository(), configuration).files();
    return new PatchPolicy(rules.editable(), rules.guarded(), measuring);
  }

  /// The Python code of the commit that a run began with: what its rounds add allows nothing.
  static Neighbours neighbours(Repository repository, String commit) {
    var tree = repository.tree(commit);
    return new Neighbours(
        repository.tracked(),
        path ->
            tree.at(path) instanceof Tree.Entry.Text(String text)
                ? Optional.of(text)
                : Optional.empty());
  }

  static List<Pattern> metricPatterns(Configuration configuration) {
    return configuration.workload().metrics().stream().map(Metric::pattern).toList();
  }

  /// The branch must stand where the run left it, or the checkpoint would lie.
  static void requireTip(Run run, Repository repository) {
    if (!repository.head().equals(run.tip())) {
      throw new Refusal(
          "HEAD is at %s, but run %s left it at %s."
              .formatted(repository.head(), run.id(), run.tip()),
          "Check out %s again, or begin a new run.".formatted(run.setup().base().branch()));
    }
  }

  private Optional<Applied> allowed(
      Run run,
      CheckedChange change,
      Configuration configuration,
      Approver approver,
      Instant until) {
    var allowing = new Allowing(checkout, run);
    var passes = change.passes(configuration.rules().approval());
    if (passes.isPresent()) {
      allowing.notAsked("patch-" + run.nextRound(), passes.get());
      return Optional.empty();
    }
    var subject = change.subject(run);
    var asked = allowing.ask(change.kind(), subject, shown(run, change), approver, until);
    return asked.decision() instanceof ApprovalResult.Approved
        ? Optional.empty()
        : Optional.of(new Applied.NotAllowed(asked.question(), asked.decision()));
  }

  private ApprovalText shown(Run run, CheckedChange change) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var hotspot = stored.target(change.origin());
    return ApprovalText.of(
        change.patch(), change.summary(), hotspot, change.option(), change.findings());
  }

  private Applied commit(Run run, CheckedChange checked, Repository repository) {
    int round = run.nextRound();
    var checkpoint = repository.head();
    var message = "%s\n\nhostperf run %s, round %d\n".formatted(checked.summary(), run.id(), round);
    var commit = repository.prepareCommit(checked.patch().changes(), message);
    var intent = repository.advance(run.setup().base().branch(), commit);
    var code =
        new Change.Code(
            checkpoint, commit, checked.patch().files(), checked.patch().lines(), intent);
    var change =
        new Change(
            "patch-" + round,
            round,
            code,
            checked.origin(),
            checked.summary(),
            checked.sentences());
    var runs = checkout.runs();
    new Stored(runs.folder(run.id())).saveDiff(change.patchId(), checked.patch().diff());
    var announced = runs.append(run, new Event.PatchIntended(change));
    try {
      Undisturbed.act(() -> repository.perform(intent));
    } catch (RuntimeException e) {
      // `perform` has done nothing when it throws, so the run can go on.
      var _ =
          runs.append(
              announced, new Event.PatchWithdrawn(change.patchId(), "It could not be applied."));
      throw e;
    }
    return new Applied.In(
        runs.append(announced, new Event.Patched(change.patchId())),
        change,
        checked.patch().notes());
  }
}
