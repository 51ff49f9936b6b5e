package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Approver;
import hostperf.audit.Audit;
import hostperf.audit.Finding;
import hostperf.audit.Neighbours;
import hostperf.classify.AgentClaim;
import hostperf.classify.Hotspot;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.patch.Edit;
import hostperf.patch.FileChange;
import hostperf.patch.LineMap;
import hostperf.patch.Patch;
import hostperf.patch.PatchPolicy;
import hostperf.patch.PatchReader;
import hostperf.patch.Tree;
import hostperf.profile.Metric;
import hostperf.propose.Option;
import hostperf.propose.Risk;
import hostperf.repository.Repository;
import hostperf.repository.Undisturbed;
import hostperf.source.PythonFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Applies a round's one change: judged by policy and audit, allowed by a person where policy wants
/// it, journaled, then committed on the run's branch.
public final class Patching {
  private static final int LONGEST_SUMMARY = 200;

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
    record In(Run run, Change change) implements Applied {}

    record NotAllowed(Approval approval, ApprovalResult decision) implements Applied {}
  }

  /// A change that passed the policy, with what a person should know of it.
  private record Candidate(
      Patch patch,
      Change.Origin origin,
      Optional<Option> option,
      String summary,
      List<Finding> findings) {
    List<String> sentences() {
      return findings.stream().map(Finding::sentence).toList();
    }
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
    var candidate = candidate(run, request, aim, summary, configuration, repository);
    var refused = allowed(run, candidate, configuration, approver, until);
    if (refused.isPresent()) {
      return refused.get();
    }
    // A person takes time; what they allowed was made for this commit under this configuration.
    requireTip(run, checkout.repository());
    var _ = Locking.configuration(checkout, run);
    return commit(run, candidate, checkout.repository());
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

  private Candidate candidate(
      Run run,
      Request request,
      Aim aim,
      Optional<String> summary,
      Configuration configuration,
      Repository repository) {
    var policy = policy(checkout, configuration);
    var reader = new PatchReader(policy, repository.tree(repository.head()));
    var stored = new Stored(checkout.runs().folder(run.id()));
    Optional<Option> option =
        request instanceof Request.OfOption(String id)
            ? Optional.of(stored.option(proposed(run), id))
            : Optional.empty();
    var patch =
        switch (request) {
          case Request.OfOption _ -> reader.ofChanges(draft(option.orElseThrow()));
          case Request.OfDiff w -> reader.ofDiff(w.diff());
          case Request.OfEdits w -> reader.ofEdits(w.edits());
          case Request.OfWorktree _ -> reader.ofChanges(uncommitted(repository, policy::allows));
        };
    new Standalone(checkout.root(), repository.tree(repository.head())).require(patch);
    var origin = origin(run, request, aim, option, patch, stored);
    var title =
        summary
            .map(Patching::oneLine)
            .filter(s -> !s.isEmpty())
            .or(() -> option.map(Option::title))
            .orElse("change " + String.join(", ", patch.files()));
    var findings =
        Audit.of(
            patch.changes(),
            metricPatterns(configuration),
            neighbours(repository, run.setup().base().commit()));
    return new Candidate(patch, origin, option, title, findings);
  }

  /// A summary heads what a person is shown and the commit: it must not pass for more than a line.
  private static String oneLine(String summary) {
    var line = summary.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.length() <= LONGEST_SUMMARY ? line : line.substring(0, LONGEST_SUMMARY) + "…";
  }

  private static Event.Proposed proposed(Run run) {
    return run.proposed()
        .filter(p -> run.currentProfile().filter(p.profileId()::equals).isPresent())
        .orElseThrow(
            () ->
                new Refusal(
                    "No options have been proposed for the code as it is, so no option can be"
                        + " named.",
                    "Call `propose_options` with a hotspot_id, or give the change as `patch`."));
  }

  private static List<FileChange> draft(Option option) {
    return option
        .draft()
        .orElseThrow(
            () ->
                new Refusal(
                    "Option %s (%s) has no draft.".formatted(option.id(), option.pattern()),
                    "Write the change yourself and give it as `patch` or `edits`."))
        .changes();
  }

  private static List<FileChange> uncommitted(Repository repository, Predicate<String> editable) {
    var found = repository.uncommitted(editable);
    if (found.changes().isEmpty()) {
      throw new Refusal(
          found.leftOut().isEmpty()
              ? "No editable file has an uncommitted change."
              : "None of the uncommitted changes can be adopted: "
                  + found.leftOut().stream()
                      .map(d -> d.path() + " " + d.reason())
                      .collect(Collectors.joining("; "))
                  + ".",
          "Edit a file that policy.editable allows, then call `apply_patch` again.");
    }
    return found.changes();
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

  private static Change.Origin origin(
      Run run, Request request, Aim aim, Optional<Option> option, Patch patch, Stored stored) {
    var profileId = run.currentProfile();
    var how =
        switch (request) {
          case Request.OfOption _ -> "option";
          case Request.OfDiff _ -> "patch";
          case Request.OfEdits _ -> "edits";
          case Request.OfWorktree _ -> "worktree";
        };
    if (aim.hotspotId().isPresent() && profileId.isEmpty()) {
      throw new Refusal(
          "Hotspot %s is of code that a kept patch has changed since."
              .formatted(aim.hotspotId().get()),
          "Leave `hotspot_id` out, or call `profile` and `classify` for the hotspots of the code as it is.");
    }
    var hotspot =
        option.isPresent()
            ? run.proposed().map(Event.Proposed::hotspotId)
            : aim.hotspotId().or(() -> profileId.flatMap(id -> touched(run, id, patch, stored)));
    var spot = hotspot.flatMap(id -> profileId.map(profile -> stored.hotspot(profile, id)));
    var word =
        option.isPresent() ? run.proposed().flatMap(Event.Proposed::word) : aim.claim().about(spot);
    // What an agent names is held against the facts of the hotspot that it is named for.
    spot.ifPresent(h -> word.ifPresent(w -> w.on(h)));
    return new Change.Origin(
        how,
        profileId,
        hotspot,
        option.map(Option::id),
        option.map(Option::pattern),
        option.flatMap(Option::draft).map(d -> d.by()),
        word);
  }

  /// The hotspot that a change is aimed at: one whose line it rewrites, the most costly first; else
  /// the one that options were last proposed for, when the patch changes its function.
  private static Optional<String> touched(Run run, String profileId, Patch patch, Stored stored) {
    var hotspots = stored.hotspots(profileId);
    var rewritten =
        hotspots.stream()
            .filter(
                h ->
                    patch.changes().stream()
                        .anyMatch(
                            c ->
                                c.path().equals(h.place().file())
                                    && LineMap.of(c).after(h.place().line()).isEmpty()))
            .map(h -> h.id())
            .findFirst();
    return rewritten.or(
        () ->
            run.proposed()
                .map(Event.Proposed::hotspotId)
                .filter(
                    id ->
                        hotspots.stream()
                            .anyMatch(h -> h.id().equals(id) && isIn(h.place(), patch))));
  }

  /// Whether the patch changes a line of the function that the hotspot stands in.
  static boolean isIn(Hotspot.Place place, Patch patch) {
    return patch.changes().stream()
        .filter(c -> c.path().equals(place.file()))
        .anyMatch(
            c ->
                PythonFile.of(c.path(), c.before())
                    .functionAt(place.line())
                    .filter(
                        f ->
                            LineMap.of(c).stretches().stream()
                                .anyMatch(
                                    s ->
                                        IntStream.rangeClosed(f.firstLine(), f.endLine())
                                            .anyMatch(l -> s.before().contains(l))))
                    .isPresent());
  }

  private Optional<Applied> allowed(
      Run run, Candidate candidate, Configuration configuration, Approver approver, Instant until) {
    var allowing = new Allowing(checkout, run);
    var passes = passes(configuration.rules().approval(), candidate);
    if (passes.isPresent()) {
      allowing.notAsked("patch-" + run.nextRound(), passes.get());
      return Optional.empty();
    }
    var subject = subject(run, candidate);
    var asked = allowing.ask(kind(candidate), subject, shown(run, candidate), approver, until);
    return asked.decision() instanceof ApprovalResult.Approved
        ? Optional.empty()
        : Optional.of(new Applied.NotAllowed(asked.question(), asked.decision()));
  }

  /// All that a yes does: this change, on this commit, under this message.
  private static String subject(Run run, Candidate candidate) {
    return ConfigurationReader.sha256(
        String.join("\0", candidate.patch().diff(), run.tip(), candidate.summary()));
  }

  private static Approval.Kind kind(Candidate candidate) {
    return candidate.findings().isEmpty() ? Approval.Kind.PATCH : Approval.Kind.FLAGGED_PATCH;
  }

  /// Why a person need not be asked; empty where one is. A person decides about whatever the
  /// audit flags.
  private static Optional<String> passes(Configuration.Mode mode, Candidate candidate) {
    if (!candidate.findings().isEmpty()) {
      return Optional.empty();
    }
    return switch (mode) {
      case ASK -> Optional.empty();
      case ZERO_RISK ->
          isSafeDraft(candidate)
              ? Optional.of(
                  "policy.approval is zero-risk, and option %s is the server's own draft, of risk zero, with every must-hold fact seen"
                      .formatted(candidate.option().orElseThrow().id()))
              : Optional.empty();
      case NEVER -> Optional.of("policy.approval is never, and the audit flags nothing");
    };
  }

  private static boolean isSafeDraft(Candidate candidate) {
    return candidate
        .option()
        .filter(o -> o.advice().risk() == Risk.ZERO)
        .filter(o -> o.draft().map(d -> d.by().equals("server")).orElse(false))
        .filter(o -> !o.advice().mustHold().isEmpty())
        .filter(o -> o.advice().mustHold().stream().allMatch(m -> m.seen() == Option.Seen.SEEN))
        .isPresent();
  }

  private ApprovalText shown(Run run, Candidate candidate) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var hotspot = stored.target(candidate.origin());
    return ApprovalText.of(
        candidate.patch(), candidate.summary(), hotspot, candidate.option(), candidate.findings());
  }

  private Applied commit(Run run, Candidate candidate, Repository repository) {
    int round = run.nextRound();
    var checkpoint = repository.head();
    var message =
        "%s\n\nhostperf run %s, round %d\n".formatted(candidate.summary(), run.id(), round);
    var commit = repository.prepareCommit(candidate.patch().changes(), message);
    var intent = repository.advance(run.setup().base().branch(), commit);
    var code =
        new Change.Code(
            checkpoint, commit, candidate.patch().files(), candidate.patch().lines(), intent);
    var change =
        new Change(
            "patch-" + round,
            round,
            code,
            candidate.origin(),
            candidate.summary(),
            candidate.sentences());
    var runs = checkout.runs();
    new Stored(runs.folder(run.id())).saveDiff(change.patchId(), candidate.patch().diff());
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
    return new Applied.In(runs.append(announced, new Event.Patched(change.patchId())), change);
  }
}
