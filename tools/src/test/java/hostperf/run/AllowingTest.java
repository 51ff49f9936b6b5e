package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Approver;
import hostperf.approval.Dialog.Reply.Kind;
import hostperf.approval.Exhibit;
import hostperf.approval.HeldDialog;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.journal.Run;
import hostperf.journal.RunId;
import hostperf.journal.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowingTest {
  private static final RunId ID = new RunId("run-abcd2345");

  @TempDir Path folder;
  private Duration later = Duration.ZERO;
  private Checkout checkout;
  private Run run;

  @BeforeEach
  void begin() {
    InstantSource clock = () -> Instant.now().plus(later);
    checkout = new Checkout(folder, new LocalProcesses(), clock, new Random(1));
    run = checkout.runs().begin(ID, Samples.SETUP);
  }

  private Allowing.Asked ask(Kind kind, String reason) {
    return ask(HeldDialog.answering(kind, reason), Duration.ofSeconds(20));
  }

  private Allowing.Asked ask(Approver approver, Duration wait) {
    var text = new ApprovalText("a diff", new Exhibit(List.of(), List.of(), "a diff"));
    var until = checkout.clock().instant().plus(wait);
    return new Allowing(checkout, run).ask(Approval.Kind.PATCH, "hash", text, approver, until);
  }

  private List<String> notes() {
    return checkout.runs().load(ID).notes();
  }

  @Test
  void writesDownWhoAllowedWhatAndHow() {
    var asked = ask(Kind.YES, "looks right");
    assertThat(asked.decision()).isInstanceOf(ApprovalResult.Approved.class);
    assertThat(notes())
        .singleElement()
        .asString()
        .startsWith(asked.question().id() + " (patch) allowed by the person at the client through")
        .contains("through elicitation at 20")
        .endsWith(": \"looks right\"");
  }

  @Test
  void writesANoDownAndAsksAnewAfterIt() {
    var first = ask(Kind.NO, "not tonight");
    var again = ask(Approver.NONE, Duration.ZERO);
    assertThat(again.decision()).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(again.question().id()).isNotEqualTo(first.question().id());
    assertThat(notes()).singleElement().asString().contains("denied by").contains("not tonight");
  }

  @Test
  void tellsADeclinedDialogFromAClosedOneAndFromOneThatCouldNotBeShown() {
    assertThat(ask(Kind.DECLINED, "").decision()).isInstanceOf(ApprovalResult.TurnedDown.class);
    assertThat(ask(Kind.CANCELLED, "the client closed the dialog").decision())
        .isInstanceOf(ApprovalResult.Cancelled.class);
    assertThat(ask(Kind.UNAVAILABLE, "no such method").decision())
        .isInstanceOf(ApprovalResult.Unavailable.class);
    assertThat(notes())
        .satisfiesExactly(
            n -> assertThat(n).contains("the client declined it"),
            n -> assertThat(n).contains("closed the dialog"),
            n -> assertThat(n).contains("could not show it (no such method)"));
  }

  @Test
  void asksAnewAfterADayAndSaysThatNobodyAnswered() {
    var first = ask(Approver.NONE, Duration.ZERO);
    later = Approval.LIFETIME.plusMinutes(1);
    var second = ask(Approver.NONE, Duration.ZERO);
    assertThat(second.question().id()).isNotEqualTo(first.question().id());
    assertThat(notes())
        .singleElement()
        .asString()
        .startsWith(first.question().id() + " expired at ");
  }

  @Test
  void writesDownWhatNobodyWasAsked() {
    new Allowing(checkout, run).notAsked("patch-1", "policy.approval is never");
    assertThat(notes())
        .containsExactly("patch-1 was not submitted for approval: policy.approval is never.");
  }
}
