package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Whole rounds through the packaged server on a real checkout.
@Order(1)
@ResourceLock("the machine, for measuring")
class LoopIT extends Rounds {
  @Test
  void keepsAPatchThatIsFasterAndReportsIt() throws IOException {
    analyse();
    hoist();
    assertThat(call("run_unit_tests", Map.of("run_id", run)).texts("new_failures")).isEmpty();
    var verdict = call("validate", Map.of("run_id", run));
    assertThat(verdict.text("verdict")).isEqualTo("improved");
    assertThat(verdict.text("outputs")).isEqualTo("same");
    assertThat(verdict.text("behaviour")).contains("result=same").contains("Engine.step");
    var report = call("report", Map.of("run_id", run, "scope", "final"));
    assertThat(Files.readString(Path.of(report.texts("files").getFirst())))
        .contains(ENGINE)
        .contains("improved");
    assertThat(checkout.git("log", "--format=%s", "main..HEAD").lines()).hasSize(1);
    assertThat(checkout.git("status", "--short")).isEmpty();
  }

  @Test
  void aFasterPatchThatDoesSomethingElseWaitsForAPerson() {
    analyse();
    patch(
        """
                for token in tokens:
                    if token in self.config.banned:
        """,
        """
                banned = self.config.banned
                self.steps += self.steps == 30
                for token in tokens:
                    if token in banned:
        """);
    assertThat(call("run_unit_tests", Map.of("run_id", run)).texts("new_failures")).isEmpty();
    var verdict = call("validate", Map.of("run_id", run));
    assertThat(verdict.text("verdict")).isEqualTo("improved");
    assertThat(verdict.text("outputs")).isEqualTo("same");
    assertThat(verdict.text("decision")).isEqualTo("hold");
    assertThat(verdict.text("reason"))
        .contains("behaves differently: at call 31 of Engine.step")
        .contains("`self.steps` is 32 with the patch, and 31 without");
  }

  @Test
  void samplesThatPatchedCodeWritesIntoTheJournalAreNotCounted() {
    analyse();
    var forging =
        """
        import glob
        for journal in glob.glob(".hostperf/run-*/journal.jsonl"):
            with open(journal) as lines:
                taken = [line for line in lines if '"measured","patchId":"patch-1"' in line]
            with open(journal, "a") as out:
                out.writelines(taken[:1])


        class Config:
        """;
    call(
        "apply_patch",
        Map.of(
            "run_id",
            run,
            "edits",
            List.of(
                Map.of("file", ENGINE, "old", "class Config:\n", "new", forging),
                TinyCheckout.HOIST)));
    call("run_unit_tests", Map.of("run_id", run));
    var answer = server.call("validate", Map.of("run_id", run));
    // A journal that shows the forgery by itself is refused; else a person decides.
    if (!answer.isError()) {
      assertThat(answer.text("decision")).isEqualTo("hold");
      assertThat(answer.text("reason")).contains("samples that this process did not take");
    }
  }

  @Test
  void anAgentsTypeIsWrittenDownAndLeavesTheHotspotAsItWas() throws IOException {
    analyse();
    var known = patterns(Map.of("run_id", run, "hotspot_id", "h1"));
    var named =
        Map.<String, Object>of(
            "run_id",
            run,
            "hotspot_id",
            "h1",
            "type",
            "GIL",
            "because",
            "a thread polls beside it");
    assertThat(patterns(named)).isNotEmpty();
    assertThat(patterns(Map.of("run_id", run, "hotspot_id", "h1"))).isEqualTo(known);
    var journal = checkout.root().resolve(".hostperf").resolve(run).resolve("journal.jsonl");
    assertThat(Files.readString(journal)).contains("GIL", "a thread polls beside it");
  }

  private List<Object> patterns(Map<String, Object> hotspot) {
    return call("propose_options", hotspot).rows("options").stream()
        .<Object>map(o -> o.get("pattern"))
        .toList();
  }

  @Test
  void takesOutAPatchThatBreaksATest() throws IOException {
    var before = checkout.read(ENGINE);
    analyseStacks();
    patch("                continue\n", "                break\n");
    var tests = call("run_unit_tests", Map.of("run_id", run));
    assertThat(tests.texts("new_failures"))
        .singleElement()
        .asString()
        .contains("test_leaves_out_what_is_banned");
    assertThat(server.call("validate", Map.of("run_id", run)).text())
        .startsWith("Refused")
        .contains("`rollback`");
    var back = call("rollback", Map.of("run_id", run, "reason", "a test fails"));
    assertThat(back.fields().get("verified")).isEqualTo(true);
    assertThat(checkout.read(ENGINE)).isEqualTo(before);
  }

  /// Neither what it does nor where its time goes is looked at: it does not stay.
  @Test
  void spendsNoLaunchOnWhatAPatchDoesThatDidNotImprove() {
    analyse();
    patch("if token in self.config.banned:", "if token in sorted(self.config.banned * 30):");
    assertThat(call("run_unit_tests", Map.of("run_id", run)).texts("new_failures")).isEmpty();
    var verdict = call("validate", Map.of("run_id", run));
    assertThat(verdict.text("verdict")).isEqualTo("regressed");
    assertThat(verdict.text("decision")).isEqualTo("roll_back");
    var folder = checkout.root().resolve(".hostperf").resolve(run);
    assertThat(folder.resolve("profiles/p1.json")).exists();
    assertThat(folder.resolve("profiles/p2.json")).doesNotExist();
    assertThat(folder.resolve("logs"))
        .isDirectoryContaining("glob:**base*")
        .isDirectoryNotContaining("glob:**behaviour*");
  }

  @Test
  void aProfileThatIsMissingIsToldInTheWorkloadsOwnWords() throws IOException {
    var workload = "print('no profile: line_profiler is not installed'); print('throughput=1')";
    Files.writeString(checkout.root().resolve("bench.py"), workload + "; open('tokens.txt', 'w')");
    var file = checkout.root().resolve("hostperf.yaml");
    Files.writeString(file, checkout.read("hostperf.yaml").replace("inject", "environment"));
    checkout.git("add", ".");
    checkout.commit("An engine that profiles itself, without a profiler");
    run = call("start_run", Map.of()).text("run_id");
    var answer = call("profile", Map.of("run_id", run));
    assertThat(answer.text("inconclusive"))
        .isEqualTo(
            "The profiled launch left no report; its log says: \"no profile: line_profiler is not"
                + " installed\".");
  }

  @Test
  void refusesASecondPatchInARound() throws IOException {
    analyseStacks();
    hoist();
    var second =
        server.call(
            "apply_patch",
            Map.of(
                "run_id",
                run,
                "edits",
                List.of(
                    Map.of("file", ENGINE, "old", "self.steps += 1", "new", "self.steps += 2"))));
    assertThat(second.isError()).isTrue();
    assertThat(second.text()).contains("stage `patched`").contains("`run_unit_tests`");
  }

  @Test
  void refusesAnEditOfATest() throws IOException {
    analyseStacks();
    var file = "tests/test_engine.py";
    var before = checkout.read(file);
    var answer =
        server.call(
            "apply_patch",
            Map.of(
                "run_id",
                run,
                "edits",
                List.of(Map.of("file", file, "old", "== [4, 7]", "new", "!= [4, 7]"))));
    assertThat(answer.text()).startsWith("Refused").contains("is protected");
    assertThat(checkout.read(file)).isEqualTo(before);
  }

  @Test
  void goesOnAfterTheServerWasKilled() throws IOException {
    var before = checkout.read(ENGINE);
    analyseStacks();
    hoist();
    assertThat(checkout.read(ENGINE)).isNotEqualTo(before);
    kill();
    server = checkout.connect();
    assertThat(call("status", Map.of("run_id", run)).text("stage")).isEqualTo("patched");
    call("rollback", Map.of("run_id", run, "reason", "after a crash"));
    assertThat(checkout.read(ENGINE)).isEqualTo(before);
    Files.writeString(checkout.root().resolve("notes.txt"), "mine");
    checkout.git("add", "notes.txt");
    checkout.commit("The user goes on");
    assertThat(checkout.git("status", "--short")).isEmpty();
  }

  /// Kills every server on this checkout as `kill -9` does.
  private void kill() {
    ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(checkout.root().toString()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void runsNoHookOrFilterAndLeavesStagedFilesAlone() throws IOException {
    var marker = folder.resolve("marker");
    for (var hook :
        List.of("pre-commit", "post-commit", "post-checkout", "reference-transaction")) {
      var file = checkout.root().resolve(".git/hooks").resolve(hook);
      Files.writeString(file, "#!/bin/sh\necho %s >> %s\n".formatted(hook, marker));
      file.toFile().setExecutable(true);
    }
    Files.writeString(checkout.root().resolve(".gitattributes"), "*.md filter=touchy\n");
    Files.writeString(checkout.root().resolve("notes.md"), "notes\n");
    checkout.git("add", ".");
    checkout.commit("Notes");
    var touch = "sh -c 'echo filter >> %s; cat'".formatted(marker);
    checkout.git("config", "filter.touchy.smudge", touch);
    checkout.git("config", "filter.touchy.clean", touch);
    checkout.git("config", "commit.gpgsign", "true");
    Files.writeString(checkout.root().resolve("staged.txt"), "staged\n");
    checkout.git("-c", "core.hooksPath=/dev/null", "add", "staged.txt");
    Files.deleteIfExists(marker);

    analyseStacks();
    hoist();
    call("run_unit_tests", Map.of("run_id", run));
    call("rollback", Map.of("run_id", run, "reason", "enough seen"));

    assertThat(marker).doesNotExist();
    assertThat(checkout.git("-c", "core.hooksPath=/dev/null", "diff", "--cached", "--name-only"))
        .isEqualTo("staged.txt");
  }

  @Test
  void adoptsTheWorkTreesOwnChange() throws IOException {
    analyseStacks();
    var file = checkout.root().resolve(ENGINE);
    Files.writeString(
        file, Files.readString(file).replace("self.steps += 1", "self.steps = self.steps + 1"));
    var applied = call("apply_patch", Map.of("run_id", run, "from_worktree", true));
    assertThat(applied.texts("files")).containsExactly(ENGINE);
    call("rollback", Map.of("run_id", run, "reason", "only a try"));
    assertThat(checkout.read(ENGINE)).contains("self.steps += 1");
  }

  @Test
  void letsOneOwnerAtATimeChangeTheCheckout() throws IOException {
    analyseStacks();
    try (var second = checkout.connect()) {
      assertThat(second.call("status", Map.of("run_id", run)).isError()).isFalse();
      var refused = second.call("profile", Map.of("run_id", run));
      assertThat(refused.text()).startsWith("Refused: Another hostperf owns this checkout");
    }
  }
}
