package hostperf.prove;

import hostperf.Refusal;
import hostperf.prove.Proof.Different;
import hostperf.prove.Proof.Equal;
import hostperf.prove.Proof.Failed;
import hostperf.prove.Proof.PairResult;
import hostperf.prove.Proof.Result;
import hostperf.prove.Proof.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A proof as `prove --json` prints it, and read back: what a machine with a GPU has measured is
/// written into the pages on another one, where the checkout is.
public final class ProofJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ProofJson() {}

  public static Map<String, Object> of(Proof proof) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("python", proof.python());
    proof.torch().ifPresent(t -> fields.put("torch", t));
    proof.gpu().ifPresent(g -> fields.put("gpu", g));
    fields.put("findings", proof.results().stream().map(ProofJson::row).toList());
    return fields;
  }

  private static Map<String, Object> row(PairResult pair) {
    var row = new LinkedHashMap<String, Object>();
    row.put("pattern", pair.id());
    row.put("result", pair.result().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    row.put("detail", pair.result().detail());
    if (pair.result() instanceof Equal equal) {
      equal
          .gain()
          .ifPresent(
              g -> {
                row.put("ratio", g.ratio());
                row.put("before", timing(g.before()));
                row.put("after", timing(g.after()));
              });
    }
    return row;
  }

  private static Map<String, Object> timing(Speedup.Timing timing) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("median_s", timing.medianSeconds());
    fields.put("spread", timing.spread());
    fields.put("values", timing.values());
    return fields;
  }

  /// Findings of several files count together when they were made in the same surroundings.
  ///
  /// @param files what `prove --json` has printed; at least one
  public static Proof read(List<Path> files) {
    var proofs = files.stream().map(ProofJson::read).toList();
    var first = proofs.getFirst();
    for (int i = 1; i < proofs.size(); i++) {
      if (!surroundings(proofs.get(i)).equals(surroundings(first))) {
        throw new Refusal(
            "'%s' was measured on %s, '%s' on %s."
                .formatted(
                    files.get(i),
                    surroundings(proofs.get(i)),
                    files.getFirst(),
                    surroundings(first)),
            "Give the files of one machine at a time.");
      }
    }
    return new Proof(
        first.python(),
        first.torch(),
        first.gpu(),
        proofs.stream().flatMap(p -> p.results().stream()).toList());
  }

  private static String surroundings(Proof proof) {
    return Stream.of(Optional.of(proof.python()), proof.torch().map(t -> "torch " + t), proof.gpu())
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Proof read(Path file) {
    try {
      var root = JSON.readTree(Files.readString(file));
      if (!root.path("python").isString() || !root.path("findings").isArray()) {
        throw notOne(file);
      }
      return new Proof(
          root.path("python").asString(),
          text(root, "torch"),
          text(root, "gpu"),
          StreamSupport.stream(root.path("findings").spliterator(), false)
              .map(f -> new PairResult(f.path("pattern").asString(), result(f, file)))
              .toList());
    } catch (IOException | JacksonException e) {
      throw notOne(file);
    }
  }

  private static Refusal notOne(Path file) {
    return new Refusal(
        "'%s' is not what `prove --json` prints.".formatted(file),
        "Run `./hostperf prove --json > FILE` where the GPU is, and bring FILE here.");
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
  }

  private static Result result(JsonNode row, Path file) {
    var detail = row.path("detail").asString();
    return switch (row.path("result").asString()) {
      case "equal" -> new Equal(detail, gain(row));
      case "different" -> new Different(detail);
      case "failed" -> new Failed(detail);
      case "skipped" -> new Skipped(detail);
      default -> throw notOne(file);
    };
  }

  private static Optional<Speedup> gain(JsonNode row) {
    return row.has("before") && row.has("after")
        ? Optional.of(new Speedup(timing(row.path("before")), timing(row.path("after"))))
        : Optional.empty();
  }

  private static Speedup.Timing timing(JsonNode side) {
    return new Speedup.Timing(
        side.path("median_s").asDouble(),
        side.path("spread").asDouble(),
        side.path("values").asInt());
  }
}
