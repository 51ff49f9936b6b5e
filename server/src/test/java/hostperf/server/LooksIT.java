package hostperf.server;

import static hostperf.server.CheckedCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hostperf.server.client.ServerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measurements that go on, and those at several points, through the packaged server. The
/// workload's launches print figures that are written down beforehand.
class LooksIT {
  @TempDir Path folder;
  private TinyCheckout checkout;
  private ServerSession server;
  private String run = "";
  private final List<String> progress = new CopyOnWriteArrayList<>();

  @BeforeEach
  void connect() throws IOException {
    checkout = TinyCheckout.in(folder);
    server = checkout.connect(TinyCheckout.YES, progress::add);
  }

  @AfterEach
  void disconnect() {
    server.close();
  }

  /// @param printing the bench's last lines, which know `launch`, `patched` and `noise`
  /// @param workload more of the configuration's part of that name
  private void begin(String printing, String workload) throws IOException {
    var bench = checkout.read("bench.py");
    var counts =
        """
        import pathlib, random, sys
        count = pathlib.Path("COUNT")
        launch = int(count.read_text()) if count.exists() else 0
        count.write_text(str(launch + 1))
        patched = "in banned" in open("tiny/engine.py").read()
        noise = random.Random(launch).gauss(0, 1)
        """
            .replace("COUNT", counter().toString());
    Files.writeString(
        checkout.root().resolve("bench.py"),
        bench.substring(0, bench.indexOf("print(")) + counts + printing);
    var file = checkout.root().resolve("hostperf.yaml");
    Files.writeString(
        file,
        checkout
            .read("hostperf.yaml")
            .replace("quiet: {", "mode: launches, quiet: {")
            .replace("profiler:", workload + "profiler:"));
    checkout.git("add", ".");
    checkout.commit("Its figures are known");
    run = call(server, "start_run", Map.of()).text("run_id");
    call(server, "profile", Map.of("run_id", run));
    call(server, "classify", Map.of("run_id", run));
    call(server, "apply_patch", Map.of("run_id", run, "edits", List.of(TinyCheckout.HOIST)));
    call(server, "run_unit_tests", Map.of("run_id", run));
    Files.writeString(counter(), "0");
  }

  private Path counter() {
    return folder.resolve("launches");
  }

  /// The first pairs gain much and lose a little by turns, so that the first look is open.
  @Test
  void anOpenMeasurementGoesOnUntilItIsDecided() throws IOException {
    begin(
        """
        luck = (0.06, -0.06)[(launch - 1) // 4 % 2] if launch < 17 else 0
        print(f"throughput={100 * (1.05 + luck if patched else 1) * (1 + 0.004 * noise):.3f}")
        """,
        "");
    var first = call(server, "validate", Map.of("run_id", run, "tier", "quick"));
    assertThat(first.text("verdict")).isEqualTo("inconclusive");
    assertThat(first.text("decision")).isEqualTo("measure_more");
    assertThat(first.text("samples")).contains("pairs=8");
    int looks = 1;
    var last = first;
    while (last.text("decision").equals("measure_more") && looks < 10) {
      last = call(server, "validate", Map.of("run_id", run, "more", true));
      looks++;
      assertThat(last.text("samples")).contains("pairs=" + 8 * looks);
      assertThat(last.text("reason"))
          .contains("Look %d of at most 10".formatted(looks))
          .contains("in 2% of cases at most");
    }
    assertThat(last.text("verdict")).isEqualTo("improved");
    assertThat(looks).isBetween(2, 5);
    // What takes launches after the verdict says the verdict.
    assertThat(progress)
        .anyMatch(p -> p.matches(".*improved by \\d.*%; now recording what the functions.*"));
    // Later looks have a smaller part of the error.
    assertThat(last.text("reason")).containsPattern("99\\.\\d+% interval");
    var decided = server.call("validate", Map.of("run_id", run, "more", true));
    assertThat(decided.text()).startsWith("Refused").contains("no more samples are taken for it");
    var report = call(server, "report", Map.of("run_id", run, "scope", "final"));
    assertThat(Files.readString(Path.of(report.texts("files").getFirst())))
        .contains("Look %d of at most 10".formatted(looks))
        .contains("The latest profile, p1, which is of the code before the last kept patch");
  }

  @Test
  void whatOnePointGainsAndAnotherLosesIsNotKept() throws IOException {
    begin(
        """
        factor = {"few": 1.10, "many": 0.92}.get(sys.argv[-1], 1) if patched else 1
        print(f"throughput={100 * factor * (1 + 0.002 * noise):.3f}")
        """,
        """
          points:
            - {name: few, append: [few]}
            - {name: many, append: [many]}
        """);
    var verdict = call(server, "validate", Map.of("run_id", run));
    assertThat(verdict.text("verdict")).isEqualTo("regressed");
    assertThat(verdict.text("decision")).isEqualTo("roll_back");
    assertThat(verdict.text("reason")).startsWith("At many: ").contains("few improved (+");
    assertThat(verdict.rows("points"))
        .extracting(p -> p.get("point"), p -> p.get("verdict"))
        .containsExactly(tuple("few", "improved"), tuple("many", "regressed"));
    call(server, "rollback", Map.of("run_id", run, "reason", "slower with many"));
    assertThat(checkout.git("log", "--format=%s", "main..HEAD")).isEmpty();
    var files = call(server, "report", Map.of("run_id", run, "scope", "final")).texts("files");
    assertThat(Files.readString(written(files, ".md")))
        .containsPattern("Point.*few.*improved")
        .containsPattern("Point.*many.*regressed");
    var page = Files.readString(written(files, ".html"));
    var table = page.substring(page.indexOf("<th>Point</th>"));
    assertThat(table.substring(0, table.indexOf("</tbody>")))
        .contains(">few<", ">many<", ">improved<", ">regressed<")
        .contains("aria-label=\"throughput@many -");
  }

  private static Path written(List<String> files, String ending) {
    return files.stream().filter(f -> f.endsWith(ending)).map(Path::of).findFirst().orElseThrow();
  }
}
