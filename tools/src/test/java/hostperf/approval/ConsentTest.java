package hostperf.approval;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.approval.Dialog.Reply.Kind;
import hostperf.seal.UserState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final AtomicInteger ids = new AtomicInteger();
  private final OpenDialogs dialogs = new OpenDialogs();
  private volatile Duration later = Duration.ZERO;
  private Approvals approvals;

  @BeforeEach
  void open() {
    InstantSource clock = () -> Instant.now().plus(later);
    var sealed = new UserState(folder.resolve("state")).in(folder, "approvals");
    approvals = new Approvals(sealed, clock, () -> "approval-" + ids.incrementAndGet());
  }

  private Approval question() {
    return approvals.question(Optional.empty(), Approval.Kind.PATCH, "hash", "Apply it?\na diff");
  }

  private ApprovalResult obtain(Approver approver, Duration limit) {
    return new Consent(approvals, dialogs)
        .obtain(question(), approver, approvals.now().plus(limit));
  }

  private ApprovalResult obtain(Kind kind) {
    return obtain(HeldDialog.answering(kind, "because"), LONG);
  }

  private ApprovalResult.Answer fromTerminal(boolean yes) {
    return approvals.answer(
        new ApprovalResult.Answer(
            question().id(), yes, "command line", "a person", approvals.now(), "seen"));
  }

  @Test
  void takesTheDialogsYes() {
    assertThat(obtain(Kind.YES)).isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void takesTheDialogsNo() {
    assertThat(obtain(Kind.NO)).isInstanceOf(ApprovalResult.Declined.class);
  }

  @Test
  void leavesTheCommandLineOpenAfterWhatIsNoPersonsAnswer() {
    var asked = question();
    assertThat(obtain(Kind.DECLINED)).isInstanceOf(ApprovalResult.TurnedDown.class);
    assertThat(obtain(Kind.CANCELLED)).isInstanceOf(ApprovalResult.Cancelled.class);
    assertThat(obtain(Kind.UNAVAILABLE)).isInstanceOf(ApprovalResult.Unavailable.class);
    assertThat(approvals.decision(asked)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(fromTerminal(true).approvalId()).isEqualTo(asked.id());
    assertThat(obtain(Approver.NONE, Duration.ZERO)).isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void withoutADialogTheFirstCallSaysSoAndTheNextWaits() {
    var began = Instant.now();
    assertThat(obtain(Approver.NONE, LONG)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(Duration.between(began, Instant.now())).isLessThan(LONG);

    later = Duration.ofSeconds(2);
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                  var _ = fromTerminal(true);
                });
    assertThat(obtain(Approver.NONE, LONG)).isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void countsAnAnswerThatComesAfterTheCallHasEnded() throws Exception {
    var dialog = new HeldDialog();
    assertThat(obtain(dialog, Duration.ZERO)).isInstanceOf(ApprovalResult.Pending.class);
    dialog.answer(Kind.YES, "read at leisure");
    var decision = obtain(dialog, LONG);
    assertThat(((ApprovalResult.Approved) decision).answer().reason()).isEqualTo("read at leisure");
    assertThat(dialog.opened()).isEqualTo(1);
  }

  @Test
  void storesALateAnswerThoughNoCallComesForIt() throws Exception {
    var dialog = new HeldDialog();
    var _ = obtain(dialog, Duration.ZERO);
    dialog.answer(Kind.YES, "");
    for (int i = 0; i < 100 && approvals.readAnswer(question().id()).isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(approvals.decision(question())).isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void opensAnotherDialogWhereTheClientOfTheFirstHasGone() {
    var dialog = new HeldDialog();
    assertThat(obtain(dialog, Duration.ZERO)).isInstanceOf(ApprovalResult.Pending.class);
    dialog.lose();
    assertThat(obtain(Approver.NONE, Duration.ofMillis(200)))
        .isInstanceOf(ApprovalResult.Pending.class);
    var next = HeldDialog.answering(Kind.YES, "");
    assertThat(obtain(next, LONG)).isInstanceOf(ApprovalResult.Approved.class);
    assertThat(next.opened()).isEqualTo(1);
    assertThat(dialog.closed()).succeedsWithin(LONG);
  }

  @Test
  void waitsOnForAnotherAnswerWhereTheClientGoesAmidTheCall() {
    var dialog = new HeldDialog();
    dialog.lose();
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                  var _ = fromTerminal(true);
                });
    assertThat(obtain(dialog, LONG)).isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void asksAQuestionAgainThatAClientHasTakenAlong() {
    var first = new TakenAlong();
    assertThat(obtain(first, Duration.ZERO)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(obtain(Approver.NONE, Duration.ZERO)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(first.closed).isFalse();
    var second = new TakenAlong();
    assertThat(obtain(second, Duration.ZERO)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(first.closed).isTrue();
    second.reply.complete(new Dialog.Reply(Kind.YES, ""));
    assertThat(obtain(new TakenAlong(), LONG)).isInstanceOf(ApprovalResult.Approved.class);
  }

  /// A question that ended the call that put it.
  private static final class TakenAlong implements Approver, Dialog {
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private volatile boolean closed;

    @Override
    public Optional<Dialog> open(Approval approval) {
      return Optional.of(this);
    }

    @Override
    public CompletableFuture<Reply> reply() {
      return reply;
    }

    @Override
    public boolean isTakenAlong() {
      return true;
    }

    @Override
    public boolean isLost() {
      return closed;
    }

    @Override
    public void close(String why) {
      closed = true;
    }
  }

  @Test
  void opensNoSecondDialogWhileOneIsOpen() {
    var dialog = new HeldDialog();
    for (int call = 0; call < 3; call++) {
      assertThat(obtain(dialog, Duration.ofMillis(200))).isInstanceOf(ApprovalResult.Pending.class);
    }
    assertThat(dialog.opened()).isEqualTo(1);
  }

  @Test
  void tellsALateDeclineOnceThenAsksAnew() {
    var dialog = new HeldDialog();
    var _ = obtain(dialog, Duration.ZERO);
    dialog.answer(Kind.DECLINED, "");
    assertThat(obtain(dialog, LONG)).isInstanceOf(ApprovalResult.TurnedDown.class);
    assertThat(obtain(dialog, Duration.ZERO)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(dialog.opened()).isEqualTo(2);
  }

  @Test
  void takesTheDialogBackOnceTheCommandLineHasAnswered() throws Exception {
    var dialog = new HeldDialog();
    var _ = obtain(dialog, Duration.ZERO);
    fromTerminal(false);
    assertThat(dialog.closed().get(10, TimeUnit.SECONDS)).isEqualTo("it was answered elsewhere");
    assertThat(obtain(dialog, LONG)).isInstanceOf(ApprovalResult.Declined.class);
  }

  @Test
  void takesTheDialogBackWhenTheQuestionExpires() throws Exception {
    var dialog = new HeldDialog();
    var asked = question();
    var _ = obtain(dialog, Duration.ZERO);
    later = Approval.LIFETIME;
    assertThat(dialog.closed().get(10, TimeUnit.SECONDS)).isEqualTo("it has expired");
    assertThat(approvals.readAnswer(asked.id())).isEmpty();
  }

  @Test
  void doesNotCountAYesThatComesTooLate() {
    var dialog = new HeldDialog();
    var asked = question();
    later = Approval.LIFETIME;
    dialog.answer(Kind.YES, "");
    var decision =
        new Consent(approvals, dialogs).obtain(asked, dialog, approvals.now().plus(LONG));
    assertThat(decision).isInstanceOf(ApprovalResult.Expired.class);
    assertThat(approvals.readAnswer(asked.id())).isEmpty();
  }

  @Test
  void letsTheFirstAnswerStand() {
    var dialog = new HeldDialog();
    var _ = obtain(dialog, Duration.ZERO);
    var first = fromTerminal(false);
    dialog.answer(Kind.YES, "");
    var ending = dialogs.ending(question(), approvals, dialog).orElseThrow();
    assertThat(ending.join()).isInstanceOf(ApprovalResult.Declined.class);
    assertThat(fromTerminal(true)).isEqualTo(first);
    assertThat(obtain(dialog, LONG)).isInstanceOf(ApprovalResult.Declined.class);
  }

  @Test
  void asksTheSameQuestionOnce() {
    assertThat(question().id()).isEqualTo(question().id());
  }

  @Test
  void asksAnewAfterANoThatWasPassedOnAndKeepsIt() {
    var first = question();
    fromTerminal(false);
    assertThat(obtain(Approver.NONE, Duration.ZERO)).isInstanceOf(ApprovalResult.Declined.class);
    assertThat(obtain(Approver.NONE, Duration.ZERO)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(question().id()).isNotEqualTo(first.id());
    assertThat(approvals.decision(first)).isInstanceOf(ApprovalResult.Declined.class);
    assertThat(obtain(Kind.YES)).isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void asksAnewOnceTheYesIsUsed() {
    var first = question();
    assertThat(approvals.use(first.id())).isTrue();
    assertThat(approvals.use(first.id())).isFalse();
    assertThat(question().id()).isNotEqualTo(first.id());
  }

  @Test
  void expiresAfterADay() {
    var asked = question();
    later = Approval.LIFETIME;
    assertThat(approvals.decision(asked)).isInstanceOf(ApprovalResult.Expired.class);
    assertThat(question().id()).isNotEqualTo(asked.id());
  }

  @Test
  void saysInItsSecondLineHowToReadAllOfIt() {
    var asked = question();
    assertThat(asked.text().lines())
        .containsExactly(
            "Apply it?",
            "To read all of it and answer in a terminal: hostperf approve " + asked.id(),
            "a diff");
    assertThat(asked.inTerminal().lines()).containsExactly("Apply it?", "a diff");
  }

  @Test
  void saysItAgainBelowALongText() {
    var asked =
        approvals.question(
            Optional.empty(), Approval.Kind.PATCH, "long", "Apply it?\n" + "+line\n".repeat(30));
    assertThat(asked.text()).endsWith(asked.text().lines().limit(2).collect(joining("\n")) + "\n");
  }
}
