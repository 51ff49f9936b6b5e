package hostperf.run;

import hostperf.Sha256;
import hostperf.approval.Approval;
import hostperf.audit.Finding;
import hostperf.configuration.Configuration;
import hostperf.journal.Change;
import hostperf.journal.Run;
import hostperf.patch.Patch;
import hostperf.propose.Option;
import hostperf.propose.Risk;
import java.util.List;
import java.util.Optional;

/// A change that passed the policy, with what a person should know of it.
record CheckedChange(
    Patch patch,
    Change.Origin origin,
    Optional<Option> option,
    String summary,
    List<Finding> findings) {
  List<String> sentences() {
    return findings.stream().map(Finding::sentence).toList();
  }

  /// All that a yes does: this change, on this commit, under this message.
  String subject(Run run) {
    return Sha256.of(String.join("\0", patch.diff(), run.tip(), summary));
  }

  Approval.Kind kind() {
    return findings.isEmpty() ? Approval.Kind.PATCH : Approval.Kind.FLAGGED_PATCH;
  }

  /// Why a person need not be asked; empty where one is. A person decides about whatever the
  /// audit flags.
  Optional<String> passes(Configuration.Mode mode) {
    if (!findings.isEmpty()) {
      return Optional.empty();
    }
    return switch (mode) {
      case ASK -> Optional.empty();
      case ZERO_RISK ->
          isSafeDraft()
              ? Optional.of(
                  "policy.approval is zero-risk, and option %s is the server's own draft, of risk zero, with every must-hold fact seen"
                      .formatted(option.orElseThrow().id()))
              : Optional.empty();
      case NEVER -> Optional.of("policy.approval is never, and the audit flags nothing");
    };
  }

  private boolean isSafeDraft() {
    return option
        .filter(o -> o.advice().risk() == Risk.ZERO)
        .filter(o -> o.draft().map(d -> d.by().equals("server")).orElse(false))
        .filter(o -> !o.advice().mustHold().isEmpty())
        .filter(o -> o.advice().mustHold().stream().allMatch(m -> m.seen() == Option.Seen.SEEN))
        .isPresent();
  }
}
