package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Traces and profiles with labels by hand (`bench/evals/labelled`), through the server's tools:
/// what must be in the answers, what must not, and what is known to be missing.
class LabelledIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path LABELS = Golden.root().resolve("bench/evals/labelled");
  private static final Path RESOURCES = Golden.root().resolve("tools/src/test/resources");
  private static final String CONFIGURATION =
      """
      workload:
        command: [python3, -c, "print('throughput=1')"]
        metrics:
          - {name: throughput, unit: steps/s, better: higher, primary: true, pattern: 'throughput=([0-9]+)'}
      policy:
        editable: ["**/*.py"]
      """;

  @TempDir static Path folder;
  private static RawServer server;
  private static String run = "";

  /// A label and the name that a report shows.
  record Label(String name, JsonNode says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Label> labels() throws IOException {
    try (Stream<Path> files = Files.list(LABELS)) {
      return files
          .sorted()
          .map(file -> new Label(file.getFileName().toString(), JSON.readTree(file)))
          .toList();
    }
  }

  /// One checkout with the sources of all profiles.
  @BeforeAll
  static void begin() throws IOException {
    var checkout = new TinyCheckout(folder.resolve("checkout"), folder.resolve("home"));
    Files.createDirectories(checkout.root());
    Files.writeString(checkout.root().resolve("hostperf.yaml"), CONFIGURATION);
    for (Label label : labels()) {
      copy(label.says().path("sources"), checkout.root());
    }
    checkout.git("init", "-q", "-b", "main");
    checkout.git("add", ".");
    checkout.commit("Engines");
    checkout.trust();
    server = RawServer.on(checkout);
    run = server.call("start_run", Map.of()).field("run_id");
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static void copy(JsonNode sources, Path root) throws IOException {
    for (var source : sources.properties()) {
      var target = root.resolve(source.getKey());
      Files.createDirectories(target.getParent());
      Files.copy(RESOURCES.resolve(source.getValue().asString()), target);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("labels")
  void holds(Label label) throws IOException {
    var answers = answers(label);
    var faults = new ArrayList<String>();
    for (JsonNode claim : label.says().path("expect")) {
      if (!Claim.holds(claim, answers)) {
        faults.add("expected, but it is not so: " + claim);
      }
    }
    for (JsonNode claim : label.says().path("must_not")) {
      if (Claim.holds(claim, answers)) {
        faults.add("must not be so: " + claim);
      }
    }
    for (JsonNode claim : label.says().path("known_gaps")) {
      if (Claim.holds(claim, answers)) {
        faults.add("no gap any more, move it to `expect`: " + claim);
      }
    }
    assertThat(faults).as(answers.toString()).isEmpty();
  }

  /// What the tools say, by a short name for each.
  private static Map<String, JsonNode> answers(Label label) throws IOException {
    var answers = new LinkedHashMap<String, JsonNode>();
    if (label.says().has("trace")) {
      answers.put("detect", call("detect_host_overhead", Map.of("trace", trace(label))));
      return answers;
    }
    var profile = RESOURCES.resolve(label.says().path("profile").asString()).toString();
    answers.put("profile", call("profile", Map.of("run_id", run, "from", List.of(profile))));
    var classified = call("classify", Map.of("run_id", run));
    answers.put("classify", classified);
    var first = classified.at("/hotspots/0/hotspot_id").asString();
    answers.put("options", call("propose_options", Map.of("run_id", run, "hotspot_id", first)));
    return answers;
  }

  private static String trace(Label label) throws IOException {
    var trace = label.says().get("trace");
    if (trace.isString()) {
      return RESOURCES.resolve(trace.asString()).toString();
    }
    var ranks = Files.createDirectory(folder.resolve(label.name()));
    copy(trace, ranks);
    return ranks.toString();
  }

  private static JsonNode call(String tool, Map<String, Object> arguments) {
    var said = server.call(tool, arguments);
    assertThat(said.isError()).as(said.text()).isFalse();
    return said.fields();
  }
}
