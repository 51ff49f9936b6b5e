package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Approver;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Puts a question of a run before a person and writes down what came of it: who decided what, when
/// (the journal's line has the time) and through which channel. What nobody was asked is written
/// down too, with the rule that let it pass.
final class Allowing {
  private final Checkout checkout;
  private final Run run;

  Allowing(Checkout checkout, Run run) {
    this.checkout = checkout;
    this.run = run;
  }

  /// What was asked, and what came of it.
  record Asked(Approval question, ApprovalResult decision) {}

  /// @param subject hash of exactly what a yes would allow
  /// @param until when to stop waiting for a person
  Asked ask(
      Approval.Kind kind, String subject, ApprovalText shown, Approver approver, Instant until) {
    var approvals = checkout.approvals(Optional.of(run.id()));
    approvals
        .expired(kind, subject)
        .forEach(
            a -> note("%s expired at %s; no one had answered.".formatted(a.id(), a.expires())));
    var question =
        approvals.question(
            Optional.of(run.id().value()),
            kind,
            subject,
            shown.text(),
            Optional.of(shown.exhibit()));
    var decision = checkout.consent(approvals).obtain(question, approver, until);
    note(decision, question);
    if (decision instanceof ApprovalResult.Approved
        && kind != Approval.Kind.KEEP
        && !approvals.use(question.id())) {
      throw new Refusal(
          "Approval %s has been used.".formatted(question.id()),
          "Call `apply_patch` again; the person is asked again.");
    }
    return new Asked(question, decision);
  }

  /// @param why the rule, and how the change meets it
  void notAsked(String what, String why) {
    note("%s was not submitted for approval: %s.".formatted(what, why));
  }

  private void note(ApprovalResult decision, Approval question) {
    switch (decision) {
      case ApprovalResult.Approved d -> note(words(question, "allowed", d.answer()));
      case ApprovalResult.Declined d -> note(words(question, "denied", d.answer()));
      case ApprovalResult.TurnedDown d ->
          note("%s: the client declined it%s.".formatted(question.id(), because(d.why())));
      case ApprovalResult.Cancelled d -> note("%s: %s.".formatted(question.id(), d.why()));
      case ApprovalResult.Unavailable d ->
          note("%s: the client could not show it (%s).".formatted(question.id(), d.why()));
      case ApprovalResult.Expired d ->
          note("%s expired at %s.".formatted(question.id(), toSeconds(d.at())));
      // Nothing was decided.
      case ApprovalResult.Pending _ -> {}
    }
  }

  private static String words(Approval question, String decided, ApprovalResult.Answer answer) {
    return "%s (%s) %s by %s through %s at %s%s"
        .formatted(
            question.id(),
            question.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            decided,
            answer.by(),
            answer.channel(),
            toSeconds(answer.at()),
            because(answer.reason()));
  }

  private static Instant toSeconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String because(String reason) {
    return reason.isBlank() ? "" : ": \"" + reason + "\"";
  }

  /// The same is written down once: a call that is repeated meets the same answer.
  private void note(String text) {
    var note = new Event.Noted("approval", text);
    var journal = checkout.runs().journal(run.id());
    if (journal.entries().stream().noneMatch(e -> e.event().equals(note))) {
      journal.append(note);
    }
  }
}
