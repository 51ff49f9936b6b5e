package hostperf.server;

import static hostperf.server.CheckedCalls.call;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.Answer;
import hostperf.server.client.ServerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tool `profile` through the packaged server, on an engine that runs long enough for samples.
class ProfileIT {
  private static final String STEP = "Engine.step";

  @TempDir Path folder;

  private TinyCheckout checkout() throws IOException {
    var checkout = TinyCheckout.in(folder);
    write(checkout, "bench.py", checkout.read("bench.py").replace("60)]", "8000)]"));
    write(checkout, "bench.py", checkout.read("bench.py").replace("60 /", "8000 /"));
    return checkout;
  }

  private static void write(TinyCheckout checkout, String file, String text) throws IOException {
    Files.writeString(checkout.root().resolve(file), text);
  }

  private static Answer profile(ServerSession server, Map<String, Object> more) {
    var run = call(server, "start_run", Map.of()).text("run_id");
    var arguments = new java.util.HashMap<String, Object>(more);
    arguments.put("run_id", run);
    return call(server, "profile", arguments);
  }

  @Test
  void saysWhereTimeGoesHowOftenAndWhat() throws IOException {
    var checkout = checkout();
    var yaml = checkout.read("hostperf.yaml");
    write(
        checkout,
        "hostperf.yaml",
        yaml.replace("  timeout: 1m\n", "  timeout: 2m\n  root: tiny.engine.Engine.step\n")
            .replace("  functions: [tiny.engine.Engine.step]\n", ""));
    checkout.git("add", ".");
    checkout.commit("An engine whose step is named");
    try (var server = checkout.connect()) {
      var answer = profile(server, Map.of());
      assertThat(answer.fields().get("root"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
          .containsEntry("function", STEP)
          .containsEntry("how", "configured");
      var first = answer.rows("functions").getFirst();
      assertThat(first.get("name")).isEqualTo("Config.banned");
      assertThat(first.get("self_share")).asString().satisfies(s -> share(s, 0.5, 1));
      assertThat(first).containsKeys("total_share", "calls", "total_s", "line", "top_lines");
      assertThat(answer.rows("metrics").getFirst()).containsEntry("unit", "steps/s");
      assertThat(answer.fields().get("distortion"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
          // Where the plain launch was held up by others, the others are compared with that of the
          // samples.
          .containsKeys("lines", "facts");
      assertThat(String.valueOf(answer.fields().get("coverage")))
          .satisfies(s -> share(s, 0.9, 1.001));
      assertThat(answer.text())
          .contains("Shares are of the time in Engine.step (as named)")
          .containsPattern(
              Pattern.compile(
                  "(?m)^100\\.0% +\\d+\\.\\d% +1 +Engine\\.step  tiny/engine\\.py:\\d+$"))
          .containsPattern(Pattern.compile("(?m)^ *\\d+\\.\\d%  engine\\.py:10  Config\\.banned, "))
          .hasSizeLessThan(6_000);
      var tree = answer.rows("tree");
      assertThat(tree.getFirst()).containsEntry("name", STEP).containsEntry("depth", 0);
      assertThat(tree).anySatisfy(row -> assertThat(row).containsEntry("name", "Config.banned"));
      var logs =
          checkout
              .root()
              .resolve(".hostperf")
              .resolve(answerRun(checkout))
              .resolve("logs")
              .toFile();
      assertThat(logs.list()).as("one launch a pass, and one without").hasSize(4);

      var hotspots = call(server, "classify", Map.of("run_id", answerRun(checkout)));
      assertThat(hotspots.rows("hotspots").getFirst())
          .containsEntry("function", "Config.banned")
          .containsEntry("share_of", STEP);
      assertThat(hotspots.text()).contains("of the time in Engine.step");

      var again =
          call(
              server,
              "profile",
              Map.of(
                  "run_id",
                  answerRun(checkout),
                  "label",
                  "again",
                  "passes",
                  List.of("samples", "lines")));
      assertThat(again.rows("metrics")).isEqualTo(answer.rows("metrics"));
      assertThat(again.fields().get("distortion"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
          .containsKey("lines")
          .doesNotContainKey("facts");
      assertThat(logs.list()).as("what a launch without a pass gives is known").hasSize(6);
    }
  }

  private static void share(String number, double least, double most) {
    assertThat(Double.parseDouble(number)).isBetween(least, most);
  }

  private static String answerRun(TinyCheckout checkout) throws IOException {
    try (var runs = Files.list(checkout.root().resolve(".hostperf"))) {
      return runs.map(run -> run.getFileName().toString())
          .filter(name -> name.startsWith("run-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aProfileOfLinesAloneSaysThatItsRankingIsDistorted() throws IOException {
    try (var server = TinyCheckout.in(folder).connect()) {
      var answer = profile(server, Map.of("passes", List.of("lines")));
      assertThat(answer.fields()).doesNotContainKeys("root", "coverage");
      assertThat(answer.rows("functions").getFirst())
          .containsEntry("name", STEP)
          .doesNotContainKey("self_share");
      assertThat(answer.text()).contains("There are no samples, so the ranking is distorted");
    }
  }

  @Test
  void readsProfilesThatExistWithoutALaunch() throws IOException {
    var checkout = TinyCheckout.in(folder);
    var stacks = Files.writeString(folder.resolve("py-spy.txt"), TinyCheckout.STACKS);
    try (var server = checkout.connect()) {
      var answer = profile(server, Map.of("from", List.of(stacks.toString())));
      assertThat(answer.rows("functions").getFirst()).containsEntry("name", "Config.banned");
      assertThat(answer.rows("metrics")).isEmpty();
      var run = answerRun(checkout);
      assertThat(checkout.root().resolve(".hostperf").resolve(run).resolve("logs")).doesNotExist();
      assertThat(call(server, "classify", Map.of("run_id", run)).rows("hotspots").getFirst())
          .as("samples alone are enough to classify")
          .containsEntry("function", "Config.banned");
      var refused = server.call("profile", Map.of("run_id", run, "from", List.of("no-such-file")));
      assertThat(refused.text()).startsWith("Refused: There is no file");
    }
  }
}
