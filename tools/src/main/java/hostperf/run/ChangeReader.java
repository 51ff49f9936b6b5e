package hostperf.run;

import hostperf.Refusal;
import hostperf.audit.Audit;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.patch.FileChange;
import hostperf.patch.PatchReader;
import hostperf.propose.Option;
import hostperf.repository.Repository;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Reads the change that an agent gives, and checks it: by the policy, and by the audit.
record ChangeReader(
    Checkout checkout, Run run, Configuration configuration, Repository repository) {
  private static final int LONGEST_SUMMARY = 200;

  CheckedChange read(Patching.Request request, Patching.Aim aim, Optional<String> summary) {
    var policy = Patching.policy(checkout, configuration);
    var reader = new PatchReader(policy, repository.tree(repository.head()));
    var stored = new Stored(checkout.runs().folder(run.id()));
    Optional<Option> option =
        request instanceof Patching.Request.OfOption(String id)
            ? Optional.of(stored.option(proposed(), id))
            : Optional.empty();
    var patch =
        switch (request) {
          case Patching.Request.OfOption _ -> reader.ofChanges(draft(option.orElseThrow()));
          case Patching.Request.OfDiff w -> reader.ofDiff(w.diff());
          case Patching.Request.OfEdits w -> reader.ofEdits(w.edits());
          case Patching.Request.OfWorktree _ ->
              reader.ofChanges(uncommitted(repository, policy::allows));
        };
    new Standalone(checkout.root(), repository.tree(repository.head())).require(patch);
    run.lastProfile()
        .flatMap(stored::findProfile)
        .ifPresent(profile -> InstalledCopy.requireNone(profile, patch.files()));
    var origin = new ChangeOrigins(run, stored).of(request, aim, option, patch);
    var title =
        summary
            .map(ChangeReader::oneLine)
            .filter(s -> !s.isEmpty())
            .or(() -> option.map(Option::title))
            .orElse("change " + String.join(", ", patch.files()));
    var findings =
        Audit.of(
            patch.changes(),
            Patching.metricPatterns(configuration),
            Patching.neighbours(repository, run.setup().base().commit()));
    return new CheckedChange(patch, origin, option, title, findings);
  }

  /// A summary heads what a person is shown and the commit: it must not pass for more than a line.
  private static String oneLine(String summary) {
    var line = summary.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.length() <= LONGEST_SUMMARY ? line : line.substring(0, LONGEST_SUMMARY) + "…";
  }

  private Event.Proposed proposed() {
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
}
