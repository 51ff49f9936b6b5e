package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Servers that die, and servers that meet.
@Order(2)
class CrashIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  @Test
  void leavesAWholeCheckoutAfterEachOf25Kills() throws IOException {
    var faults = new ArrayList<String>();
    try (var kills = new Kills(folder, 25)) {
      for (int i = 0; i < 25; i++) {
        faults.addAll(kills.once());
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void appliesOnePatchWhenTwoServersAreAsked() throws IOException {
    var faults = new ArrayList<String>();
    try (var two = new TwoServers(folder)) {
      for (int i = 0; i < 5; i++) {
        faults.addAll(two.once());
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void goesOnWithTheSamePairsWhenAValidationWasKilled() throws IOException {
    var checkout = TinyCheckout.in(folder);
    checkout.trust();
    var base = checkout.read(Kills.ENGINE);
    String run;
    List<String> before;
    try (var first = RawServer.on(checkout)) {
      run = first.call("start_run", Map.of()).field("run_id");
      first.call("profile", Map.of("run_id", run));
      first.call("classify", Map.of("run_id", run));
      first.call("apply_patch", Kills.edit(run));
      first.call("run_unit_tests", Map.of("run_id", run));
      var _ = first.sendCall("validate", Map.of("run_id", run, "wait_s", 50));
      awaitSamples(checkout, run, 11);
      first.kill();
      before = samples(checkout, run);
    }
    var patched = checkout.git("show", "HEAD:" + Kills.ENGINE) + "\n";
    assertThat(patched).isNotEqualTo(base);
    try (var second = RawServer.on(checkout)) {
      var status = second.call("status", Map.of("run_id", run));
      assertThat(status.text()).contains("`validate`) was cut off when its server ended");
      assertThat(checkout.read(Kills.ENGINE)).isEqualTo(patched);
      assertThat(checkout.git("status", "--short")).isEmpty();
      var verdict = second.result("validate", Map.of("run_id", run));
      assertThat(verdict.path("verdict").asString("")).isNotEmpty();
      assertThat(second.leave()).isLessThan(15_000);
    }
    var after = samples(checkout, run);
    assertThat(after.subList(0, before.size())).isEqualTo(before);
    assertThat(new HashSet<>(slots(after))).hasSameSizeAs(after);
    assertThat(checkout.read(Kills.ENGINE)).isEqualTo(patched);
  }

  @Test
  void endsItsJobsWhenTheClientLeaves() throws IOException {
    var checkout = TinyCheckout.in(folder);
    checkout.trust();
    Files.writeString(
        checkout.root().resolve("bench.py"), "import time\nprint('waiting')\ntime.sleep(50)\n");
    checkout.git("add", ".");
    checkout.commit("A slow workload");
    try (var server = RawServer.on(checkout)) {
      var run = server.call("start_run", Map.of()).field("run_id");
      var job = server.call("profile", Map.of("run_id", run, "wait_s", 1)).field("job_id");
      assertThat(job).startsWith("job-");
      assertThat(server.leave()).isLessThan(10_000);
      var told = Files.readString(checkout.root().resolve(".hostperf/jobs/" + job + ".json"));
      assertThat(told).contains("\"state\":\"CANCELLED\"");
    }
    assertThat(
            ProcessHandle.allProcesses()
                .map(p -> p.info().commandLine().orElse(""))
                .filter(c -> c.contains(checkout.root().toString())))
        .isEmpty();
  }

  private static void awaitSamples(TinyCheckout checkout, String run, int wanted)
      throws IOException {
    for (int i = 0; i < 600 && samples(checkout, run).size() < wanted; i++) {
      RawServer.pause(50);
    }
  }

  /// The samples in the journal, as they stand there.
  private static List<String> samples(TinyCheckout checkout, String run) throws IOException {
    var journal = checkout.root().resolve(".hostperf").resolve(run).resolve("journal.jsonl");
    return Files.readAllLines(journal).stream()
        .filter(l -> l.contains("\"event\":\"measured\"") && l.endsWith("}"))
        .toList();
  }

  /// What each measures: of which measurement, which pair, side and attempt.
  private static List<String> slots(List<String> samples) {
    return samples.stream()
        .map(JSON::readTree)
        .map(
            s ->
                s.at("/event/patchId").asString("")
                    + JSON.readTree(s.at("/event/detail").asString("")).path("slot"))
        .toList();
  }
}
