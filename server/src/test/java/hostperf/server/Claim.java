package hostperf.server;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// One sentence of a label about an answer: at least one place that `at` names is as it says; with
/// `none_has`, none is. A place is a JSON pointer in which `*` stands for each child.
final class Claim {
  private Claim() {}

  /// @param answers by the name that `of` gives
  static boolean holds(JsonNode claim, Map<String, JsonNode> answers) {
    var answer = answers.get(claim.path("of").asString());
    if (answer == null) {
      throw new IllegalArgumentException("no such answer: " + claim);
    }
    var at = claim.path("at").asString();
    var places = places(answer, at.isEmpty() ? List.of() : List.of(at.substring(1).split("/", -1)));
    return claim.has("none_has")
        ? places.noneMatch(place -> has(place, claim.get("none_has")))
        : places.anyMatch(place -> isSo(claim, place));
  }

  private static Stream<JsonNode> places(JsonNode node, List<String> steps) {
    if (steps.isEmpty()) {
      return node.isMissingNode() ? Stream.of() : Stream.of(node);
    }
    var rest = steps.subList(1, steps.size());
    return steps.getFirst().equals("*")
        ? node.valueStream().flatMap(child -> places(child, rest))
        : places(node.at("/" + steps.getFirst()), rest);
  }

  private static boolean isSo(JsonNode claim, JsonNode place) {
    if (claim.has("is")) {
      return place.equals(claim.get("is"));
    }
    if (claim.has("matches")) {
      return Pattern.compile(claim.get("matches").asString())
          .matcher(place.isString() ? place.asString() : place.toString())
          .find();
    }
    if (claim.has("from")) {
      double value = place.asDouble();
      return value >= claim.get("from").asDouble() && value <= claim.get("to").asDouble();
    }
    if (claim.has("has")) {
      return has(place, claim.get("has"));
    }
    throw new IllegalArgumentException("says nothing: " + claim);
  }

  private static boolean has(JsonNode place, JsonNode parts) {
    return parts.properties().stream()
        .allMatch(part -> place.at(part.getKey()).equals(part.getValue()));
  }
}
