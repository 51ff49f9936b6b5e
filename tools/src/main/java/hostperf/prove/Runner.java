package hostperf.prove;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Processes;
import hostperf.prove.Proof.Different;
import hostperf.prove.Proof.Equal;
import hostperf.prove.Proof.Failed;
import hostperf.prove.Proof.PairResult;
import hostperf.prove.Proof.Result;
import hostperf.prove.Proof.Skipped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gives pairs to `runner.py` as a plan, and reads what it found.
public final class Runner {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final JsonMapper JSON = new JsonMapper();

  private final Processes processes;
  private final String python;

  public Runner(Processes processes, String python) {
    this.processes = processes;
    this.python = python;
  }

  public Proof run(List<ModulePair> pairs, TorchDevice device, Effort effort) {
    try {
      var folder = Files.createTempDirectory("hostperf-prove");
      try {
        Files.write(folder.resolve("runner.py"), script());
        Files.writeString(folder.resolve("plan.json"), plan(pairs, device, effort));
        return run(folder);
      } finally {
        Files.deleteIfExists(folder.resolve("runner.py"));
        Files.deleteIfExists(folder.resolve("plan.json"));
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The plan as the runner reads it, for machines where only Python is.
  public static String plan(List<ModulePair> pairs, TorchDevice device, Effort effort) {
    return JSON.writeValueAsString(
        Map.of(
            "device", word(device),
            "processes", effort.processes(),
            "values", effort.values(),
            "pairs", pairs.stream().map(Runner::wire).toList()));
  }

  private static Map<String, String> wire(ModulePair pair) {
    return Map.of(
        "id", pair.id(),
        "needs", word(pair.needs()),
        "before", pair.before(),
        "after", pair.after(),
        "inputs", pair.inputs());
  }

  private Proof run(Path folder) {
    // Bytecode would land beside the script, in a folder that is to go.
    var command =
        new Command(
            List.of(python, "-B", "runner.py", "plan.json"),
            folder,
            Map.of(),
            LIMIT,
            Optional.empty());
    var finished = processes.run(command);
    var answer = finished.output().lines().filter(l -> l.startsWith("{")).findFirst();
    if (!finished.succeeded() || answer.isEmpty()) {
      throw new Refusal(
          "'%s' could not run the examples: %s"
              .formatted(python, finished.output().lines().reduce("", (_, last) -> last)),
          "Name a Python 3.10 or newer.");
    }
    return proof(JSON.readTree(answer.get()));
  }

  private static Proof proof(JsonNode answer) {
    return new Proof(
        answer.path("python").asString(),
        Optional.of(answer.path("torch").asString()).filter(s -> !s.isEmpty()),
        Optional.of(answer.path("gpu").asString()).filter(s -> !s.isEmpty()),
        StreamSupport.stream(answer.path("pairs").spliterator(), false)
            .map(p -> new PairResult(p.path("id").asString(), result(p)))
            .toList());
  }

  private static Result result(JsonNode pair) {
    var detail = pair.path("detail").asString();
    return switch (pair.path("status").asString()) {
      case "equal" -> new Equal(detail, gain(pair));
      case "different" -> new Different(detail);
      case "skipped" -> new Skipped(detail);
      default -> new Failed(detail);
    };
  }

  private static Optional<Speedup> gain(JsonNode pair) {
    var before = values(pair.path("before_s"));
    var after = values(pair.path("after_s"));
    return before.isEmpty() || after.isEmpty()
        ? Optional.empty()
        : Optional.of(new Speedup(Speedup.Timing.of(before), Speedup.Timing.of(after)));
  }

  private static List<Double> values(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asDouble).toList();
  }

  private static byte[] script() throws IOException {
    try (var in = Runner.class.getResourceAsStream("runner.py")) {
      return Objects.requireNonNull(in, "runner.py is not packaged").readAllBytes();
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
