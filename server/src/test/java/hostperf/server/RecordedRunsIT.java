package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whole runs through the packaged server in both revisions of the protocol. Calls and what their
/// answers must say are in `bench/evals/recorded`; the workload prints figures that were recorded.
class RecordedRunsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path RECORDED = Golden.root().resolve("bench/evals/recorded");

  /// The most that an answer may take, in tokens of three and a half characters.
  private static final double TOKENS = 2_000;

  @TempDir static Path folder;
  private static TinyCheckout checkout;
  private static RawServer server;
  private static Map<String, EraTalk> talks;

  /// One checkout and one process for all: both revisions share a connection.
  @BeforeAll
  static void begin() throws IOException {
    checkout = TinyCheckout.of(RECORDED.resolve("checkout"), folder);
    // In a queue of its own: nothing here depends on how busy the machine is.
    var state = Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    server = RawServer.silent(checkout.root(), checkout.home(), state);
    talks =
        Map.of(
            EraTalk.OLD, new EraTalk(server, EraTalk.OLD),
            EraTalk.NEW, new EraTalk(server, EraTalk.NEW));
  }

  @AfterAll
  static void end() {
    server.close();
  }

  static Stream<Arguments> runs() throws IOException {
    try (Stream<Path> files = Files.list(RECORDED)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .flatMap(
              name -> Stream.of(Arguments.of(name, EraTalk.OLD), Arguments.of(name, EraTalk.NEW)))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("runs")
  void goesAsRecorded(String name, String revision) throws IOException {
    var recorded = JSON.readTree(RECORDED.resolve(name));
    prepare(recorded.path("approval").asString("never"));
    var talk = Objects.requireNonNull(talks.get(revision));
    var run = "";
    for (JsonNode step : recorded.path("steps")) {
      var answer = talk.call(step.path("call").asString(), arguments(step, run));
      assertThat(faults(step, answer)).as("%s: %s", step, answer).isEmpty();
      var started = answer.at("/result/structuredContent/run_id").asString("");
      run = started.startsWith("run-") ? started : run;
    }
    assertThat(checkout.git("status", "--short")).isEmpty();
    assertThat(checkout.git("log", "--format=%s", "main..HEAD").lines().filter(s -> !s.isEmpty()))
        .hasSize(recorded.path("kept").asInt());
  }

  /// The base again, and the recorded figures from the first.
  private static void prepare(String approval) throws IOException {
    checkout.git("switch", "-q", "main");
    Files.deleteIfExists(checkout.root().resolve(".launches"));
    var file = checkout.root().resolve("hostperf.yaml");
    var before = Files.readString(file);
    var after = before.replaceFirst("approval: \\w+", "approval: " + approval);
    if (!after.equals(before)) {
      Files.writeString(file, after);
      checkout.git("add", ".");
      checkout.commit("Who approves");
    }
    checkout.trust();
  }

  private static JsonNode arguments(JsonNode step, String run) {
    return JSON.readTree(
        step.path("arguments")
            .toString()
            .replace("RUN", run)
            .replace("PROFILE", RECORDED.resolve("profile.raw").toString()));
  }

  /// What of an answer is not as recorded.
  private static List<String> faults(JsonNode step, JsonNode answer) {
    var result = answer.path("result");
    var fields = result.path("structuredContent");
    var text = result.at("/content/0/text").asString("");
    var faults = new ArrayList<String>();
    if (result.path("isError").asBoolean(false) != step.path("refused").asBoolean(false)) {
      faults.add("refused or not");
    }
    for (JsonNode claim : step.path("holds")) {
      if (!Claim.holds(claim, Map.of("fields", fields, "text", result.at("/content/0/text")))) {
        faults.add("not so: " + claim);
      }
    }
    if (step.has("next")) {
      var next = fields.path("next").valueStream().map(n -> n.path("tool").asString()).toList();
      var wanted = step.get("next").valueStream().map(JsonNode::asString).toList();
      if (!next.equals(wanted)) {
        faults.add("next is " + next);
      }
    }
    double tokens = Math.max(fields.toString().length(), text.length()) / 3.5;
    if (tokens > TOKENS) {
      faults.add("%.0f tokens".formatted(tokens));
    }
    return faults;
  }
}
