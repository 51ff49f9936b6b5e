package hostperf.tool;

import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Consent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Answers that several tools give.
final class Answers {
  /// Of a call's time, for what it does after waiting.
  private static final Duration OWN = Duration.ofSeconds(1);

  private Answers() {}

  /// Until when a call that begins now and may last `waitS` seconds waits for a person.
  static Instant until(String tool, Optional<Integer> waitS, InstantSource clock) {
    return clock.instant().plus(Background.limit(tool, waitS)).minus(OWN);
  }

  static Outcome.Waiting waiting(Approval approval, ApprovalResult decision, Next again) {
    var how =
        switch (decision) {
          case ApprovalResult.Approved _ -> "It is allowed; call again.";
          case ApprovalResult.Declined d ->
              "A person said no%s. Do not try the same again, unless the person wants to be asked again."
                  .formatted(
                      d.answer().reason().isBlank() ? "" : ": \"" + d.answer().reason() + "\"");
          case ApprovalResult.TurnedDown d ->
              "The client declined the question%s. If the person did not see it, they can still answer with `hostperf approve %s`."
                  .formatted(d.why().isBlank() ? "" : " (" + d.why() + ")", approval.id());
          case ApprovalResult.Cancelled c ->
              "No decision: %s. The person can still answer with `hostperf approve %s`, or make the same call again to be asked in the client."
                  .formatted(c.why(), approval.id());
          case ApprovalResult.Unavailable u ->
              "The client could not show the question (%s). A person can answer it with `hostperf approve %s`."
                  .formatted(u.why(), approval.id());
          case ApprovalResult.Pending _ ->
              "No one has answered yet. Ask the person to run `hostperf approve %s` in a terminal"
                      .formatted(approval.id())
                  + " (it shows all of it), then make the same call again.";
          case ApprovalResult.Expired e ->
              "The question expired at %s; call again."
                  .formatted(e.at().truncatedTo(ChronoUnit.SECONDS));
        };
    var next =
        decision instanceof ApprovalResult.Declined || decision instanceof ApprovalResult.TurnedDown
            ? List.of(new Next("status", "shows what else can be done"))
            : List.of(again);
    return new Outcome.Waiting(
        approval.id(), Consent.refusal(decision).orElse("approved"), approval.brief(), how, next);
  }
}
