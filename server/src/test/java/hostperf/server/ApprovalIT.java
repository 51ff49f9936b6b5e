package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.Answer;
import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What counts as a person's yes, through the packaged server and the SDK's own client.
class ApprovalIT {
  private static final String ENGINE = "tiny/engine.py";

  @TempDir Path folder;
  private TinyCheckout checkout;
  private final Person person = new Person();

  @BeforeEach
  void open() throws IOException {
    checkout = TinyCheckout.in(folder);
  }

  /// Answers as the test says.
  private static final class Person implements ServerSession.Person {
    private final List<ElicitFormRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile ElicitResult answer = accept("approve");

    @Override
    public ElicitResult apply(ElicitFormRequest question) {
      asked.add(question);
      return answer;
    }
  }

  private static ElicitResult accept(@Nullable Object decision) {
    var content = new HashMap<String, Object>();
    content.put("decision", decision);
    return with(content);
  }

  private static ElicitResult with(@Nullable Map<String, Object> content) {
    return new ElicitResult(Action.ACCEPT, content, null);
  }

  /// Answers that a client can give to the form and that are no `approve`.
  private static List<ElicitResult> noApprovals() {
    var answers = new ArrayList<ElicitResult>();
    Stream.of(
            "Approve",
            "APPROVE",
            "approved",
            "approve ",
            " approve",
            "approve\n",
            "approve!",
            "approve, but wait",
            "approve deny",
            "approv",
            "yes",
            "y",
            "ok",
            "true",
            "1",
            "no",
            "Deny",
            "DENY",
            "",
            "\u0430pprove",
            "approve\u200b",
            "null")
        .map(ApprovalIT::accept)
        .forEach(answers::add);
    Stream.of(true, false, 0, 1, 2.5, List.of("approve"), Map.of("approve", true), List.of())
        .map(ApprovalIT::accept)
        .forEach(answers::add);
    answers.add(accept(null));
    answers.add(with(null));
    answers.add(with(Map.of()));
    answers.add(with(Map.of("reason", "approve")));
    answers.add(with(Map.of("Decision", "approve")));
    answers.add(with(Map.of("approve", "approve")));
    answers.add(with(Map.of("decision", "approve", "but", "not this")));
    answers.add(with(Map.of("decision", "approve", "reason", List.of("none"))));
    answers.add(new ElicitResult(Action.DECLINE, null, null));
    answers.add(new ElicitResult(Action.DECLINE, Map.of("decision", "approve"), null));
    answers.add(new ElicitResult(Action.CANCEL, null, null));
    answers.add(new ElicitResult(Action.CANCEL, Map.of("decision", "approve"), null));
    return answers;
  }

  private static void saysWhatCame(ElicitResult answer, Answer said) {
    assertThat(said.isError()).as(said.text()).isFalse();
    assertThat(said.waitingFor()).as("%s: %s", answer, said.text()).isPresent();
    assertThat(said.text("state"))
        .as(answer.toString())
        .isEqualTo(answer.action() == Action.DECLINE ? "declined" : "cancelled");
    if (answer.action() == Action.ACCEPT) {
      assertThat(said.text("how"))
          .as(answer.toString())
          .contains("the client sent", "but only `approve` is a yes");
    }
    assertThat(said.text("how")).contains("hostperf approve " + said.waitingFor().orElseThrow());
  }

  @Test
  void nothingButApproveStartsARun() {
    try (var server = checkout.connect(person)) {
      for (var answer : noApprovals()) {
        person.answer = answer;
        saysWhatCame(answer, server.call("start_run", Map.of("wait_s", 20)));
        assertThat(server.call("status", Map.of()).rows("runs")).isEmpty();
        assertThat(checkout.home().resolve("hostperf/trusted")).doesNotExist();
      }
      assertThat(person.asked).hasSize(noApprovals().size());
      person.answer = accept("approve");
      assertThat(server.call("start_run", Map.of()).text("run_id")).startsWith("run-");
    }
  }

  @Test
  void nothingButApproveAppliesAPatch() throws IOException {
    var file = checkout.root().resolve("hostperf.yaml");
    Files.writeString(file, Files.readString(file).replace("approval: never", "approval: ask"));
    checkout.git("add", ".");
    checkout.commit("Asks");
    var head = checkout.git("rev-parse", "HEAD");
    try (var server = checkout.connect(person)) {
      var run = server.call("start_run", Map.of()).text("run_id");
      for (var tool : List.of("profile", "classify")) {
        var done = server.call(tool, Map.of("run_id", run));
        assertThat(done.isError()).as(done.text()).isFalse();
      }
      var patch = patch(run, "Hoist the look-up");
      for (var answer : noApprovals()) {
        person.answer = answer;
        saysWhatCame(answer, server.call("apply_patch", patch));
        assertThat(checkout.git("rev-parse", "HEAD")).isEqualTo(head);
        assertThat(checkout.git("branch", "--list", "hostperf/*")).isEmpty();
      }
      asksForThisMessageOnly(server, run);
      person.answer = accept("approve");
      assertThat(server.call("apply_patch", patch).text("patch_id")).isEqualTo("patch-1");
      assertThat(checkout.git("log", "-1", "--format=%s")).isEqualTo("Hoist the look-up");
    }
  }

  /// The summary goes into the commit, so another one is another question.
  private void asksForThisMessageOnly(ServerSession server, String run) {
    person.answer = new ElicitResult(Action.CANCEL, null, null);
    var other = server.call("apply_patch", patch(run, "Another message"));
    var asked = person.asked.getLast().message();
    assertThat(asked.lines().findFirst().orElseThrow())
        .startsWith("Apply this patch? tiny/engine.py, 3 lines, ")
        .contains("the audit flags nothing, commit message: Another message");
    assertThat(asked.lines().skip(1).findFirst().orElseThrow())
        .contains("hostperf approve " + other.waitingFor().orElseThrow());
    assertThat(asked).contains("banned = self").containsOnlyOnce("Another message");
  }

  private static Map<String, Object> patch(String run, String summary) {
    return Map.of(
        "run_id",
        run,
        "summary",
        summary,
        "wait_s",
        20,
        "edits",
        List.of(
            Map.of(
                "file",
                ENGINE,
                "old",
                """
                        for token in tokens:
                            if token in self.config.banned:
                """,
                "new",
                """
                        banned = self.config.banned
                        for token in tokens:
                            if token in banned:
                """)));
  }

  @Test
  void asksAnewAfterANoAndKeepsTheNo() {
    person.answer = with(Map.of("decision", "deny", "reason", "which data set?"));
    try (var server = checkout.connect(person)) {
      var no = server.call("start_run", Map.of());
      assertThat(no.text("state")).isEqualTo("declined");
      assertThat(no.text("how")).contains("which data set?");
      assertThat(server.call("status", Map.of()).rows("approvals")).isEmpty();
      person.answer = accept("approve");
      assertThat(server.call("start_run", Map.of()).text("run_id")).startsWith("run-");
    }
    assertThat(checkout.hostperf("approvals").output())
        .containsPattern("approval-\\w+ +configuration +declined")
        .containsPattern("approval-\\w+ +configuration +used");
  }

  @Test
  void showsTheWholeConfigurationRulesFirst() throws IOException {
    person.answer = new ElicitResult(Action.CANCEL, null, null);
    try (var server = checkout.connect(person)) {
      var id = server.call("start_run", Map.of()).text("approval_id");
      var question = person.asked.getFirst();
      var lines = question.message().lines().toList();
      assertThat(lines.getFirst())
          .startsWith("Allow this hostperf.yaml (17 lines, approval: never)? It runs ")
          .endsWith("bench.py");
      assertThat(lines.get(1)).endsWith("hostperf approve " + id);
      assertThat(question.message())
          .containsSubsequence(
              "approval     never", "editable     tiny/**/*.py", "workload", "tests")
          .contains(checkout.read("hostperf.yaml").lines().toList().getLast());
      assertThat(question.requestedSchema().get("properties"))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsOnlyKeys("decision", "reason")
          .satisfies(f -> assertThat(f.keySet().iterator().next()).isEqualTo("decision"));
    }
  }

  @Test
  void refusesAConfigurationInWhichALaterKeyWouldWin() throws IOException {
    var file = checkout.root().resolve("hostperf.yaml");
    Files.writeString(file, Files.readString(file) + "policy: {approval: ask}\n");
    try (var server = checkout.connect(person)) {
      var refused = server.call("start_run", Map.of());
      assertThat(refused.isError()).isTrue();
      assertThat(refused.text()).contains("line 18: `policy` occurs twice, first in line 14");
      assertThat(person.asked).isEmpty();
    }
  }

  @Test
  void aPersonAtATerminalCanTrustAConfigurationBeforehand() {
    assertThat(checkout.hostperf("trust").output()).contains("needs a terminal");
    var no = checkout.hostperfTyping("yesterday", "trust");
    assertThat(no.output()).contains("Allow this hostperf.yaml (17 lines", "Left open");
    assertThat(no.exitCode()).isEqualTo(1);
    var yes = checkout.hostperfTyping("y", "trust");
    assertThat(yes.output()).contains("approval     never", "Approved: runs can start.");
    assertThat(yes.exitCode()).isZero();
    assertThat(checkout.hostperf("trust").output()).contains("is approved in this checkout");
    try (var server = checkout.connect(person)) {
      assertThat(server.call("start_run", Map.of()).text("run_id")).startsWith("run-");
      assertThat(person.asked).isEmpty();
    }
  }
}
