package hostperf.verdict;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.metric.Better;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The file that `compare` reads: one experiment or a list of them.
///
/// ```
/// {"metric": {"name": "output_throughput", "unit": "tok/s", "better": "higher"},
///  "min_effect": 0.01, "pairs": [{"base": 101.2, "candidate": 103.9}]}
/// ```
/// `unit` may be missing, and `min_effect` is then 0.01, the configuration's default. Other fields
/// are the writer's own. What cannot be read is refused by the field's path.
///
/// @param isList the answer is a list too
public record SamplesFile(List<Experiment> experiments, boolean isList) {
  private static final JsonMapper JSON = StrictJson.builder().build();
  private static final String SHAPE =
      "Give {\"metric\": {\"name\", \"unit\", \"better\": \"higher\" or \"lower\"}, \"min_effect\":"
          + " 0.01, \"pairs\": [{\"base\": 100.0, \"candidate\": 102.0}]}, or a list of these.";

  public SamplesFile {
    experiments = List.copyOf(experiments);
  }

  public List<Judged> judged() {
    return experiments.stream().map(Experiment::judged).toList();
  }

  public static SamplesFile parse(String json) {
    JsonNode root = tree(json);
    if (!root.isArray()) {
      return new SamplesFile(List.of(experiment(root, "")), false);
    }
    if (root.isEmpty()) {
      throw refused("The list", "is empty", "one experiment or more");
    }
    var experiments =
        IntStream.range(0, root.size()).mapToObj(i -> experiment(root.get(i), "[" + i + "]."));
    return new SamplesFile(experiments.toList(), true);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      String at = "line %d".formatted(e.getLocation().getLineNr());
      throw new Refusal(
          "The samples are not JSON (%s): %s.".formatted(at, e.getOriginalMessage()), SHAPE, e);
    }
  }

  private static Experiment experiment(JsonNode node, String path) {
    if (!node.isObject()) {
      throw refused(path.isEmpty() ? "The file" : path, "holds " + shown(node), "an object");
    }
    return new Experiment(
        metric(node.path("metric"), path + "metric"),
        minEffect(node.path("min_effect"), path + "min_effect"),
        pairs(node.path("pairs"), path + "pairs"));
  }

  private static Quantity metric(JsonNode node, String path) {
    if (!node.path("name").isString()) {
      throw refused(path + ".name", "is " + shown(node.path("name")), "the metric's name");
    }
    JsonNode better = node.path("better");
    String direction = better.asString("").toLowerCase(Locale.ROOT);
    if (!direction.equals("higher") && !direction.equals("lower")) {
      throw refused(path + ".better", "is " + shown(better), "\"higher\" or \"lower\"");
    }
    return new Quantity(
        node.path("name").asString(),
        node.path("unit").asString(""),
        direction.equals("higher") ? Better.HIGHER : Better.LOWER);
  }

  private static double minEffect(JsonNode node, String path) {
    if (node.isMissingNode()) {
      return Rule.DEFAULT_MIN_EFFECT;
    }
    if (!node.isNumber() || node.asDouble() < 0 || node.asDouble() >= 1) {
      throw refused(path, "is " + shown(node), "a fraction from 0 to below 1, where 0.01 is 1%");
    }
    return node.asDouble();
  }

  private static List<Pair> pairs(JsonNode node, String path) {
    if (!node.isArray() || node.isEmpty()) {
      throw refused(
          path,
          "is " + shown(node),
          "a list of one pair or more (fewer than %d never decide)".formatted(Rule.LEAST));
    }
    return StreamSupport.stream(node.spliterator(), false)
        .map(pair -> new Pair(value(pair, path, "base"), value(pair, path, "candidate")))
        .toList();
  }

  private static double value(JsonNode pair, String path, String side) {
    JsonNode value = pair.path(side);
    if (!value.isNumber() || !Pair.usable(value.asDouble())) {
      throw refused(
          path + "[]." + side, "is " + shown(value) + " in " + shown(pair), "a number above 0");
    }
    return value.asDouble();
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "missing" : node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static Refusal refused(String what, String state, String allowed) {
    return new Refusal("%s %s; allowed: %s.".formatted(what, state, allowed), SHAPE);
  }
}
