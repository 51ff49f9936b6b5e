package hostperf.server.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.approval.Approval;
import hostperf.approval.Approval.Kind;
import hostperf.approval.ApprovalResult;
import hostperf.configuration.Configuration.Mode;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionTest {
  private static final Suggestion SAFE =
      new Suggestion(
          "A",
          "lazy-log",
          "…",
          true,
          Optional.of("server"),
          new Suggestion.Trust("zero", Map.of("it is pure", "seen")));
  private static final Suggestion UNSEEN =
      new Suggestion(
          "A",
          "lazy-log",
          "…",
          true,
          Optional.of("server"),
          new Suggestion.Trust("zero", Map.of("it is pure", "unknown")));
  private static final Suggestion BY_MODEL =
      new Suggestion(
          "B",
          "lazy-log",
          "…",
          true,
          Optional.of("model"),
          new Suggestion.Trust("low", Map.of("it is pure", "seen")));

  @TempDir Path folder;
  private Checkout checkout;
  private boolean isFile;
  private String more = "";
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeEach
  void open() {
    checkout = new Checkout(folder, new LocalProcesses(), InstantSource.system(), new Random(1));
  }

  private ApprovalResult ask(
      Mode mode, Kind kind, Optional<Suggestion> about, Optional<String> typed) {
    var out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    var reader = typed.map(t -> new BufferedReader(new StringReader(t)));
    var word = new Permission.Word(isFile ? Optional.empty() : Optional.of(mode), mode);
    var permission = new Permission(checkout, word, new Terminal(reader, out), _ -> {});
    permission.about(about);
    var approvals = checkout.approvals(Optional.empty());
    Approval question =
        approvals.question(Optional.empty(), kind, "hash", "Apply?\n-old\n+new\u001b[2J\n" + more);
    var answer =
        permission.apply(
            ElicitFormRequest.builder("Apply?", Map.of())
                .meta(Map.of("hostperf/approval_id", question.id()))
                .build());
    var decision = approvals.decision(question);
    assertThat(answer.action() == ElicitResult.Action.ACCEPT)
        .isEqualTo(!(decision instanceof ApprovalResult.Pending));
    return decision;
  }

  private static String channel(ApprovalResult decision) {
    return ((ApprovalResult.Approved) decision).answer().channel();
  }

  @Test
  void neverLetsEveryPatchThroughAndSaysThatAFlagDid() {
    var decision = ask(Mode.NEVER, Kind.PATCH, Optional.of(BY_MODEL), Optional.empty());
    assertThat(channel(decision)).isEqualTo("flag");
  }

  @Test
  void zeroRiskLetsThroughWhatTheServerDraftedAndSawToHold() {
    var decision = ask(Mode.ZERO_RISK, Kind.PATCH, Optional.of(SAFE), Optional.empty());
    assertThat(channel(decision)).isEqualTo("flag");
  }

  @Test
  void zeroRiskLeavesOpenWhatWasNotSeen() {
    assertThat(ask(Mode.ZERO_RISK, Kind.PATCH, Optional.of(UNSEEN), Optional.empty()))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void zeroRiskLeavesOpenWhatAModelDrafted() {
    assertThat(ask(Mode.ZERO_RISK, Kind.PATCH, Optional.of(BY_MODEL), Optional.empty()))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void noFlagAllowsWhatTheAuditFlags() {
    assertThat(ask(Mode.NEVER, Kind.FLAGGED_PATCH, Optional.of(SAFE), Optional.empty()))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void noFlagConfirmsASuspiciousGain() {
    assertThat(ask(Mode.NEVER, Kind.KEEP, Optional.of(SAFE), Optional.empty()))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void aFileCannotAllowItsOwnCommands() {
    isFile = true;
    assertThat(ask(Mode.NEVER, Kind.CONFIGURATION, Optional.empty(), Optional.empty()))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void askAllowsNoConfigurationByItself() {
    assertThat(ask(Mode.ASK, Kind.CONFIGURATION, Optional.empty(), Optional.empty()))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void thePersonAtTheTerminalSeesTheDiffAndDecides() {
    var decision = ask(Mode.ASK, Kind.PATCH, Optional.of(SAFE), Optional.of("y\n"));
    assertThat(channel(decision)).isEqualTo("terminal");
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("\u001b[31m-old", "\u001b[32m+new<U+001B>[2J")
        .doesNotContain("\u001b[2J");
  }

  @Test
  void aLongDiffComesInPages() {
    more = "+line\n".repeat(100);
    var decision = ask(Mode.ASK, Kind.PATCH, Optional.of(SAFE), Optional.of("\n\ny\n"));
    assertThat(channel(decision)).isEqualTo("terminal");
    assertThat(shown.toString(StandardCharsets.UTF_8).split("-- Enter for more --", -1)).hasSize(3);
  }

  @Test
  void thePersonCanSayWhyNot() {
    var decision = ask(Mode.ASK, Kind.PATCH, Optional.of(SAFE), Optional.of("n\nnot tonight\n"));
    assertThat(((ApprovalResult.Declined) decision).answer().reason()).isEqualTo("not tonight");
  }

  @Test
  void enterLeavesItOpen() {
    assertThat(ask(Mode.ASK, Kind.PATCH, Optional.of(SAFE), Optional.of("\n")))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void onlyYesIsAYes() {
    for (var typed : List.of("yno", "yess", "yes please", "ok", "approve it", "1", "true", "")) {
      assertThat(ask(Mode.ASK, Kind.PATCH, Optional.of(SAFE), Optional.of(typed + "\n")))
          .isInstanceOf(ApprovalResult.Pending.class);
    }
    assertThat(ask(Mode.ASK, Kind.PATCH, Optional.of(SAFE), Optional.of(" YES \n")))
        .isInstanceOf(ApprovalResult.Approved.class);
  }

  @Test
  void onlyNoIsANo() {
    assertThat(ask(Mode.ASK, Kind.PATCH, Optional.of(SAFE), Optional.of("not sure\n")))
        .isInstanceOf(ApprovalResult.Pending.class);
  }

  @Test
  void zeroRiskLeavesOpenWhereNoFactIsNamed() {
    var bare =
        new Suggestion(
            "A",
            "lazy-log",
            "…",
            true,
            Optional.of("server"),
            new Suggestion.Trust("zero", Map.of()));
    assertThat(ask(Mode.ZERO_RISK, Kind.PATCH, Optional.of(bare), Optional.empty()))
        .isInstanceOf(ApprovalResult.Pending.class);
  }
}
