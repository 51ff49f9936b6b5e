package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only looks at a clone that was made to attack runs nothing of it and writes nothing outside
/// `.hostperf/`, nor there when that came along.
class HostileCloneIT {
  @TempDir Path folder;
  private HostileClone clone;

  @BeforeEach
  void attack() throws IOException {
    clone = new HostileClone(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init",
        "doctor",
        "runs",
        "approvals",
        "detect trace.json",
        "classify --profile report.txt",
        "options --profile report.txt --source . --hotspot h1",
        "recover"
      })
  void runsNothingOfACloneAndWritesNothingThere(String command) throws IOException {
    var before = clone.everything(true);
    var finished = clone.hostperf(command.split(" "));
    assertThat(finished.output()).doesNotContain("Exception", "\tat ");
    clone.assertNothingRan();
    assertThat(clone.everything(true)).isEqualTo(before);
  }

  /// Variables that some set with relative folders: those would be the clone's.
  @ParameterizedTest
  @ValueSource(strings = {"doctor", "runs", "classify --profile report.txt", "detect trace.json"})
  void runsNothingAndWritesNothingWhereVariablesNameRelativeFolders(String command)
      throws IOException {
    var trusted = Sha256.of(Files.readString(clone.root().resolve("hostperf.yaml")));
    clone.write("settings/hostperf/trusted", trusted + " " + clone.root().toRealPath() + "\n");
    var before = clone.everything(true);
    var path = System.getenv("PATH");
    var finished =
        clone.hostperf(
            Map.of(
                "PATH", ".:%s::bin".formatted(path),
                "XDG_CONFIG_HOME", "settings",
                "XDG_STATE_HOME", "settings",
                "XDG_CACHE_HOME", "settings",
                "TMPDIR", "settings",
                "JAVA_HOME", "."),
            command.split(" "));
    assertThat(finished.output()).doesNotContain("Exception", "\tat ");
    if (command.equals("doctor")) {
      assertThat(finished.output()).contains("this configuration is not approved yet");
    }
    clone.assertNothingRan();
    assertThat(clone.everything(true)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "runs", "recover"})
  void saysWhyTheHomeIsNotBelieved(String command) {
    assertThat(clone.hostperf(command).output())
        .contains(".hostperf is tracked by git: it came with the repository");
  }

  @Test
  void draftsAConfigurationAndNothingElse() throws IOException {
    Files.delete(clone.root().resolve("hostperf.yaml"));
    var before = clone.everything(true);
    assertThat(clone.hostperf("init").output()).contains("Wrote hostperf.yaml");
    clone.assertNothingRan();
    var after = clone.everything(true);
    assertThat(after.remove("clone/hostperf.yaml")).isNotNull();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void saysWhatItDidNotCheckUntilTheConfigurationIsApproved() {
    assertThat(clone.hostperf("doctor").output())
        .contains("bin/python3 was not checked: this configuration is not approved yet")
        .contains("hostperf trust");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void servesReadOnly(boolean isTracked) throws IOException {
    if (!isTracked) {
      clone.untrack();
    }
    var before = clone.everything(isTracked);
    try (var server = RawServer.readOnly(clone.root(), clone.settings())) {
      var all = server.call("status", Map.of());
      assertThat(all.text()).contains(isTracked ? "is tracked by git" : "Line 1 of");
      assertThat(server.call("status", Map.of("run_id", HostileClone.RUN)).isError()).isTrue();
      for (var launching : List.of("start_run", "profile", "run_unit_tests", "validate")) {
        assertThat(server.call(launching, Map.of()).text()).contains("Unknown tool");
      }
      assertThat(server.call("classify", Map.of("run_id", HostileClone.RUN)).isError()).isTrue();
      assertThat(
              server.call("report", Map.of("run_id", HostileClone.RUN, "scope", "final")).isError())
          .isTrue();
      var job = server.call("job", Map.of("job_id", "job-aaaaaaaa", "action", "wait"));
      assertThat(job.text()).contains("There is no job");
      var trace = Map.<String, Object>of("trace", clone.root().resolve("trace.json").toString());
      assertThat(server.call("detect_host_overhead", trace).text()).contains("Inconclusive");
      var _ = server.leave();
    }
    clone.assertNothingRan();
    assertThat(clone.everything(isTracked)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "runs", "approvals", "recover"})
  void believesNothingOfAHomeFromAnArchive(String command) throws IOException {
    clone.untrack();
    var before = clone.everything(false);
    var output = clone.hostperf(command).output();
    assertThat(output).doesNotContain("Exception", "\tat ");
    if (List.of("doctor", "runs").contains(command)) {
      assertThat(output)
          .contains(
              "Line 1 of",
              "jobs/job-aaaaaaaa.json was not",
              "approval-aaaaaaaa.answer.json is ignored");
    }
    clone.assertNothingRan();
    assertThat(clone.everything(false)).isEqualTo(before);
    assertThat(folder.resolve("outside")).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "runs", "recover"})
  void followsNoLinkOfAHomeFromAnArchive(String command) throws IOException {
    clone.untrack();
    Files.createSymbolicLink(clone.root().resolve(".hostperf/owner"), folder.resolve("outside"));
    var before = clone.everything(true);
    assertThat(clone.hostperf(command).output()).contains(".hostperf/owner is a symbolic link");
    assertThat(clone.everything(true)).isEqualTo(before);
  }

  @Test
  void startsNothingOnACommittedYes() throws IOException {
    clone.untrack();
    var before = clone.everything(false);
    try (var server = RawServer.on(clone.root(), clone.settings())) {
      var said = server.call("start_run", Map.of("wait_s", 1));
      assertThat(said.text()).contains("approval-").doesNotContain("approval-aaaaaaaa");
      assertThat(said.fields().path("run_id").asString("")).isEmpty();
      var _ = server.leave();
    }
    clone.assertNothingRan();
    assertThat(clone.everything(false)).isEqualTo(before);
  }
}
