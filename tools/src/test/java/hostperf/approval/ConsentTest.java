package hostperf.approval;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.seal.SealedFolder;
import hostperf.seal.UserState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentTest {
  @TempDir Path folder;
  private final AtomicInteger ids = new AtomicInteger();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private SealedFolder sealed() {
    return new UserState(folder.resolve("state")).in(folder, "approvals");
  }

  private Approvals approvals() {
    return new Approvals(sealed(), () -> now, () -> "approval-" + ids.incrementAndGet());
  }

  private Approval question() {
    return approvals().question(Optional.empty(), Approval.Kind.PATCH, "hash", "a diff");
  }

  private static Approver replying(Approver.Reply.Kind kind) {
    return (_, _) -> Optional.of(new Approver.Reply(kind, "because"));
  }

  private Decision obtain(Approver approver) {
    // The clock stands still, so that the wait is bounded by the dialog alone.
    var running = InstantSource.system();
    var real = new Approvals(sealed(), running, () -> "unused");
    return new Consent(real)
        .obtain(
            new Approval(
                question().id(),
                Optional.empty(),
                Approval.Kind.PATCH,
                "hash",
                "a diff",
                running.instant()),
            approver,
            Duration.ofSeconds(2));
  }

  @Test
  void takesTheDialogsYes() {
    assertThat(obtain(replying(Approver.Reply.Kind.YES))).isInstanceOf(Decision.Approved.class);
  }

  @Test
  void takesTheDialogsNo() {
    assertThat(obtain(replying(Approver.Reply.Kind.NO))).isInstanceOf(Decision.Declined.class);
  }

  @Test
  void leavesTheCommandLineOpenAfterASilentDecline() {
    assertThat(obtain(replying(Approver.Reply.Kind.SILENT))).isInstanceOf(Decision.Cancelled.class);
    assertThat(approvals().decision(question())).isInstanceOf(Decision.Pending.class);
  }

  @Test
  void letsTheFirstAnswerStand() {
    var asked = question();
    approvals().answer(answer(asked.id(), false));
    assertThat(approvals().answer(answer(asked.id(), true)).yes()).isFalse();
  }

  @Test
  void asksTheSameQuestionOnce() {
    assertThat(question().id()).isEqualTo(question().id());
  }

  @Test
  void asksAnewOnceTheYesIsUsed() {
    var first = question();
    assertThat(approvals().use(first.id())).isTrue();
    assertThat(approvals().use(first.id())).isFalse();
    assertThat(question().id()).isNotEqualTo(first.id());
  }

  @Test
  void expiresAfterADay() {
    var asked = question();
    now = now.plus(Approval.LIFETIME);
    assertThat(approvals().decision(asked)).isInstanceOf(Decision.Expired.class);
    assertThat(question().id()).isNotEqualTo(asked.id());
  }

  private Decision.Answer answer(String id, boolean yes) {
    return new Decision.Answer(id, yes, "command line", "a person", now, "");
  }
}
