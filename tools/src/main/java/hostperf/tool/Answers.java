package hostperf.tool;

import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.approval.Approval;
import hostperf.approval.Consent;
import hostperf.approval.Decision;
import java.time.Duration;
import java.util.List;

/// Answers that several tools give.
final class Answers {
  /// How long a call waits for a person when it is not told otherwise.
  static final Duration PERSON = Duration.ofSeconds(40);

  private Answers() {}

  static Outcome.Waiting waiting(Approval approval, Decision decision, Next again) {
    var how =
        switch (decision) {
          case Decision.Approved _ -> "It is allowed; call again.";
          case Decision.Declined d ->
              "A person said no%s. Do not try the same again."
                  .formatted(
                      d.answer().reason().isBlank() ? "" : ": \"" + d.answer().reason() + "\"");
          case Decision.Cancelled c ->
              "%s. This is no person's no: one can still answer with `hostperf approve %s`."
                  .formatted(c.why(), approval.id());
          case Decision.Unavailable u ->
              "The client could not show the question (%s). A person can answer it with `hostperf approve %s`."
                  .formatted(u.why(), approval.id());
          case Decision.Pending _ ->
              "Nobody has answered yet. Ask the person to run `hostperf approve %s` in a terminal"
                      .formatted(approval.id())
                  + " (it shows exactly this), then make the same call again.";
          case Decision.Expired e -> "The question expired at %s; call again.".formatted(e.at());
        };
    var next =
        decision instanceof Decision.Declined
            ? List.of(new Next("status", "shows what else can be done"))
            : List.of(again);
    return new Outcome.Waiting(
        approval.id(), Consent.refusal(decision).orElse("approved"), approval.shown(), how, next);
  }
}
