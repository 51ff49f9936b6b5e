package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.journal.Clone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions and answers that this user's hostperf did not write.
class ForgedAnswersTest {
  @TempDir Path folder;
  private Clone clone;

  @BeforeEach
  void make() throws IOException {
    clone = Clone.in(folder);
  }

  private Approval question(Approval.Kind kind, String subject) {
    return approvals().question(Optional.of(Clone.ID.value()), kind, subject, "a diff");
  }

  private hostperf.approval.Approvals approvals() {
    return clone.open().approvals(Optional.of(Clone.ID));
  }

  private static ApprovalResult.Answer yes(String id) {
    return new ApprovalResult.Answer(id, true, "command line", "me", Instant.now(), "");
  }

  private Path answer(Approval question) {
    return clone.home().resolve(Clone.ID + "/approvals/" + question.id() + ".answer.json");
  }

  @Test
  void takesNoHandWrittenAnswer() throws IOException {
    clone.begun();
    var question = question(Approval.Kind.PATCH, "hash");
    Files.writeString(
        answer(question),
        "{\"approvalId\":\"%s\",\"yes\":true,\"channel\":\"command line\",\"by\":\"me\",\"at\":\"2026-01-01T00:00:00Z\",\"reason\":\"\"}"
            .formatted(question.id()));
    assertThatThrownBy(() -> approvals().decision(question))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is ignored");
    assertThat(String.join("\n", clone.open().notBelieved()))
        .contains(question.id() + ".answer.json was not written there");
  }

  @Test
  void takesNoAnswerOfAnotherQuestionAndNoQuestionForAnAnswer() throws IOException {
    clone.begun();
    var one = question(Approval.Kind.PATCH, "hash");
    approvals().answer(yes(one.id()));
    var other = question(Approval.Kind.FLAGGED_PATCH, "other");
    Files.copy(answer(one), answer(other));
    assertThatThrownBy(() -> approvals().decision(other)).isInstanceOf(Refusal.class);
    Files.copy(
        answer(one).resolveSibling(one.id() + ".json"),
        answer(other),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> approvals().decision(other)).isInstanceOf(Refusal.class);
    assertThat(approvals().decision(one)).isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void asksAnewWhereTheQuestionWasEdited() throws IOException {
    clone.begun();
    var first = question(Approval.Kind.PATCH, "hash");
    var file = clone.home().resolve(Clone.ID + "/approvals/" + first.id() + ".json");
    Files.writeString(file, Files.readString(file).replace("a diff", "nothing much"));
    assertThat(question(Approval.Kind.PATCH, "hash").shown()).isEqualTo("a diff");
    assertThat(approvals().find(first.id())).isEmpty();
  }

  @Test
  void keepsAnswersAboutConfigurationsOutsideTheCheckoutAndNamesOthers() throws IOException {
    clone.begun();
    var approvals = clone.open().approvals(Optional.empty());
    var question =
        approvals.question(Optional.empty(), Approval.Kind.CONFIGURATION, "hash", "commands");
    assertThat(clone.home().resolve("approvals")).doesNotExist();
    clone.write(
        ".hostperf/approvals/" + question.id() + ".answer.json",
        "{\"approvalId\":\"%s\",\"yes\":true}".formatted(question.id()));
    assertThat(approvals.decision(question)).isInstanceOf(ApprovalResult.Pending.class);
    assertThat(String.join("\n", clone.open().notBelieved()))
        .contains(question.id() + ".answer.json is ignored");
  }
}
