package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Validations that compare whole launches in pairs, through the packaged server.
@Order(1)
@ResourceLock("the machine, for measuring")
class PairsIT extends Rounds {
  /// The server itself uses the CPUs for a moment of each launch, which is more than nothing.
  @Test
  void aBusyMachineEndsAValidationWithoutAVerdict() throws IOException {
    byLaunches("0");
    analyse();
    hoist();
    assertThat(call("run_unit_tests", Map.of("run_id", run)).texts("new_failures")).isEmpty();
    var busy = new ProcessBuilder("python3", "-c", "while True: pass").start();
    try {
      for (int tries : List.of(3, 6)) {
        var answer = call("validate", Map.of("run_id", run));
        assertThat(answer.text("inconclusive"))
            .startsWith("nothing is decided on the patch")
            .containsPattern("during 3 tries of pair \\d+; above 0% \\(`measure.quiet.load`\\)")
            .containsPattern("The launches that count so far, \\d+, are kept");
        assertThat(answer.texts("missing")).hasSize(3);
        assertThat(call("status", Map.of("run_id", run)).text("stage")).isEqualTo("tested");
        assertThat(inJournal("Other processes used")).isEqualTo(tries);
      }
    } finally {
      busy.destroyForcibly();
    }
  }

  /// Neither a loss nor a gain beyond all noise needs the same code against itself.
  @Test
  void pairsGoFirstAndWhatIsBeyondAllNoiseCostsNoMore() throws IOException {
    var fast = "if token in self.config.banned:";
    var slow = "if token in sorted(self.config.banned * 30):";
    var engine = checkout.root().resolve(ENGINE);
    Files.writeString(engine, checkout.read(ENGINE).replace(fast, slow));
    byLaunches("1");
    analyse();
    patch(slow, slow.replace("30", "90"));
    call("run_unit_tests", Map.of("run_id", run));
    assertThat(call("validate", Map.of("run_id", run)).text("verdict")).isEqualTo("regressed");
    call("rollback", Map.of("run_id", run, "reason", "slower"));
    assertThat(inJournal("\"patchId\":\"patch-1\",\"detail\"")).isEqualTo(17);
    patch(slow, fast);
    call("run_unit_tests", Map.of("run_id", run));
    var verdict = call("validate", Map.of("run_id", run));
    assertThat(verdict.text("verdict")).isEqualTo("improved");
    assertThat(verdict.text("samples")).contains("pairs=8").doesNotContain("floor=0.0,");
    assertThat(inJournal("\"patchId\":\"patch-2\",\"detail\"")).isEqualTo(17);
    assertThat(inJournal("\"patchId\":\"aa-1\"")).isZero();
  }

  /// Launches whose throughput is written down beforehand: in `wild` ones the patch gains and loses
  /// by turns; in `shared` ones it gains 4% in each pair, while every two pairs differ by more.
  @Test
  void noiseBringsMorePairsOrTheSameCodeAgainstItself() throws IOException {
    var plan = folder.resolve("launches.txt");
    var told =
        """
        import pathlib
        plan = pathlib.Path("PLAN")
        kind, launch = plan.read_text().split() if plan.exists() else ("shared", "0")
        plan.write_text(f"{kind} {int(launch) + 1}")
        pair = (int(launch) % 17 - 1) // 2
        patched = "in banned" in open("tiny/engine.py").read()
        if kind == "shared":
            print(f"throughput={(100 + 15 * (pair // 2 % 2)) * (1.04 if patched else 1):.2f}")
        else:
            print(f"throughput={100 * ((0.96, 1.10)[(int(launch) - 1) // 2 % 2] if patched else 1):.2f}")
        """;
    var bench = checkout.read("bench.py");
    var measures = bench.substring(0, bench.indexOf("print("));
    Files.writeString(
        checkout.root().resolve("bench.py"), measures + told.replace("PLAN", plan.toString()));
    byLaunches("1");
    analyse();
    hoist();
    call("run_unit_tests", Map.of("run_id", run));
    Files.writeString(plan, "wild 0");
    assertThat(call("validate", Map.of("run_id", run)).text("verdict")).isEqualTo("inconclusive");
    assertThat(inJournal("\"patchId\":\"patch-1\",\"detail\"")).isEqualTo(33);
    assertThat(inJournal("\"patchId\":\"aa-1\"")).isZero();
    call("rollback", Map.of("run_id", run, "reason", "not known"));
    hoist();
    call("run_unit_tests", Map.of("run_id", run));
    Files.writeString(plan, "shared 0");
    assertThat(call("validate", Map.of("run_id", run)).text("verdict")).isEqualTo("improved");
    assertThat(inJournal("\"patchId\":\"patch-2\",\"detail\"")).isEqualTo(17);
    assertThat(inJournal("\"patchId\":\"aa-1\"")).isEqualTo(13);
  }

  /// Launches that take eight seconds while a file lies there, one of them where it says so.
  @Test
  void aSlowLaunchAloneDecidesNothingAndACallAgainTimesAnew() throws IOException {
    var slow = folder.resolve("slow");
    var told =
        """
        import pathlib, time
        slow = pathlib.Path("SLOW")
        if slow.exists():
            if slow.read_text() == "once":
                slow.unlink()
            time.sleep(8)
        patched = "in banned" in open("tiny/engine.py").read()
        print(f"throughput={100 * (1.04 if patched else 1):.2f}")
        """;
    var bench = checkout.read("bench.py");
    var measures = bench.substring(0, bench.indexOf("print("));
    Files.writeString(
        checkout.root().resolve("bench.py"), measures + told.replace("SLOW", slow.toString()));
    var settings = checkout.read("hostperf.yaml");
    Files.writeString(
        checkout.root().resolve("hostperf.yaml"),
        settings.replace("quiet: {", "budget: 100s, quiet: {"));
    byLaunches("1");
    Files.writeString(slow, "always");
    run = call("start_run", Map.of()).text("run_id");
    call("profile", Map.of("run_id", run, "passes", List.of("samples")));
    var claimed =
        Map.of("run_id", run, "edits", List.of(TinyCheckout.HOIST), "type", "REDUNDANT_ITER");
    assertThat(call("apply_patch", claimed).texts("remarks")).isEmpty();
    call("run_unit_tests", Map.of("run_id", run));
    for (int calls : List.of(1, 2)) {
      var refused = server.call("validate", Map.of("run_id", run));
      assertThat(refused.isError()).isTrue();
      assertThat(refused.text())
          .containsPattern("The budget of 100 s pays for \\d+ launches of [89] s")
          .contains("Call `validate` again when the machine is less busy: it times another launch");
      assertThat(inJournal("\"measured\",\"patchId\":\"patch-1")).isEqualTo(calls);
    }
    Files.delete(slow);
    assertThat(call("validate", Map.of("run_id", run)).text("verdict")).isEqualTo("improved");
    assertThat(inJournal("\"measured\",\"patchId\":\"patch-1-call-")).isEqualTo(2);
    assertThat(inJournal("\"measured\",\"patchId\":\"patch-1\"")).isEqualTo(17);

    patch("            if token in banned:\n", "            if token in (banned):\n");
    call("run_unit_tests", Map.of("run_id", run));
    Files.writeString(slow, "once");
    assertThat(call("validate", Map.of("run_id", run)).text("samples")).contains("pairs=6");
    assertThat(inJournal("\"measured\",\"patchId\":\"patch-2")).isEqualTo(13);
  }

  /// How often a text stands in the run's journal.
  private int inJournal(String text) throws IOException {
    var journal = checkout.root().resolve(".hostperf").resolve(run).resolve("journal.jsonl");
    return Files.readString(journal).split(text, -1).length - 1;
  }

  private void byLaunches(String load) throws IOException {
    var file = checkout.root().resolve("hostperf.yaml");
    var quick = "mode: launches, tier: quick, quiet: {load: %s,".formatted(load);
    Files.writeString(file, checkout.read("hostperf.yaml").replace("quiet: {load: 1,", quick));
    checkout.git("add", ".");
    checkout.commit("Measured by launches");
  }
}
