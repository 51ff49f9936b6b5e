package hostperf.catalog;

import hostperf.Refusal;
import hostperf.catalog.PatternHead.Model;
import hostperf.catalog.PatternHead.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads a head's YAML into values, refusing whatever is missing, unknown or not allowed.
final class HeadReader {
  private static final List<String> RISKS = List.of("zero", "low", "medium", "high");
  private static final List<String> COMPLEXITIES = List.of("trivial", "small", "moderate", "large");
  private static final List<String> SCOPES =
      List.of("per_step", "per_layer", "per_request", "per_kernel");
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "covers",
          "types",
          "risk",
          "complexity",
          "scopes",
          "when",
          "unless",
          "saves",
          "must_hold",
          "check",
          "draft",
          "offer",
          "example",
          "why_none");

  private final String where;
  private final Map<?, ?> values;

  HeadReader(String page, String title, String yaml) {
    this.where = page + ", '" + title + "'";
    var loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    this.values = loaded instanceof Map<?, ?> map ? map : Map.of();
    for (var key : values.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw refusal("has the unknown key '" + key + "'", String.join(", ", sorted(KEYS)));
      }
    }
  }

  String id() {
    return text("id");
  }

  PatternHead head() {
    var traits =
        new PatternHead.Traits(
            list("covers"),
            list("types"),
            oneOf("risk", RISKS),
            oneOf("complexity", COMPLEXITIES),
            allOf("scopes", SCOPES));
    if (traits.types().isEmpty()) {
      throw refusal("names no types", "at least one hotspot type");
    }
    return new PatternHead(traits, fit(), saves(), mustHold(), text("check"), use());
  }

  Example example(Map<String, String> blocks) {
    var needs = oneOf("example", List.of("python", "torch", "cuda", "none"));
    if (needs.equals("none")) {
      return new Example.None(text("why_none"));
    }
    for (var block : List.of("python before", "python after", "python inputs")) {
      if (!blocks.containsKey(block)) {
        throw refusal("has no block '```" + block + "'", "all three of before, after, inputs");
      }
    }
    return new Example.Pair(
        Example.Needs.valueOf(needs.toUpperCase(Locale.ROOT)),
        blocks.getOrDefault("python before", ""),
        blocks.getOrDefault("python after", ""),
        blocks.getOrDefault("python inputs", ""));
  }

  /// `when: [a, b + c]`: `a`, or `b` and `c` together.
  private PatternHead.Fit fit() {
    return new PatternHead.Fit(
        list("when").stream().map(set -> List.of(set.split("\\s*\\+\\s*"))).toList(),
        list("unless"));
  }

  private PatternHead.Saves saves() {
    if (!(values.get("saves") instanceof Map<?, ?> saves)
        || !(saves.get("part") instanceof Number part)
        || part.doubleValue() < 0
        || part.doubleValue() > 1) {
      throw refusal("has no usable `saves`", "{model: share, part: 0.5}, part from 0 to 1");
    }
    for (var model : Model.values()) {
      if (model.name().toLowerCase(Locale.ROOT).equals(String.valueOf(saves.get("model")))) {
        return new PatternHead.Saves(model, part.doubleValue());
      }
    }
    throw refusal(
        "has the unknown model '" + saves.get("model") + "'",
        "share, collections, once_per_call, once_per_process");
  }

  private Map<String, String> mustHold() {
    if (!(values.get("must_hold") instanceof Map<?, ?> facts) || facts.isEmpty()) {
      throw refusal("has no `must_hold`", "at least one fact, as key: sentence");
    }
    var read = new LinkedHashMap<String, String>();
    facts.forEach((k, v) -> read.put(String.valueOf(k), String.valueOf(v)));
    return read;
  }

  private Use use() {
    if (Boolean.FALSE.equals(values.get("offer"))) {
      return Use.PITFALL;
    }
    return switch (values.get("draft")) {
      case Boolean b when b -> Use.DRAFTED;
      case Boolean _ -> Use.OFFERED;
      case null, default -> throw refusal("does not say `draft`", "true or false");
    };
  }

  private String text(String key) {
    var value = values.get(key);
    if (value == null || String.valueOf(value).isBlank()) {
      throw refusal("has no `" + key + "`", "a text");
    }
    return String.valueOf(value);
  }

  private List<String> list(String key) {
    return values.get(key) instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }

  private String oneOf(String key, List<String> allowed) {
    var value = text(key);
    if (!allowed.contains(value)) {
      throw refusal("has `" + key + ": " + value + "`", String.join(", ", allowed));
    }
    return value;
  }

  private List<String> allOf(String key, List<String> allowed) {
    var found = list(key);
    if (found.isEmpty() || !allowed.containsAll(found)) {
      throw refusal("has `" + key + ": " + found + "`", String.join(", ", allowed));
    }
    return found;
  }

  private Refusal refusal(String what, String allowed) {
    return new Refusal(
        "The head in " + where + " " + what + ".", "Put it right; allowed: " + allowed + ".");
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }
}
