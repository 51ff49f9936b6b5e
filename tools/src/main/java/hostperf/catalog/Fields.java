package hostperf.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A YAML map of one of our own pages. A page that is not as it should be is our fault, not a
/// caller's: it throws IllegalStateException with the page and the key.
record Fields(String page, Map<?, ?> map) {

  static Fields parse(String page, String yaml) {
    try {
      var settings = LoadSettings.builder().setLabel(page).build();
      return of(page, "the block", new Load(settings).loadFromString(yaml));
    } catch (YamlEngineException e) {
      throw new IllegalStateException("%s: %s".formatted(page, e.getMessage()), e);
    }
  }

  String text(String key) {
    return find(key).orElseThrow(() -> fault(key, "is missing"));
  }

  String textOr(String key, String otherwise) {
    return find(key).orElse(otherwise);
  }

  boolean has(String key) {
    return map.containsKey(key);
  }

  /// One of an enum's constants, written in lower case.
  <E extends Enum<E>> E oneOf(String key, E otherwise) {
    var known = otherwise.getDeclaringClass().getEnumConstants();
    var text = textOr(key, otherwise.name());
    return Stream.of(known)
        .filter(e -> e.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> fault(key, "is '%s', not one of %s".formatted(text, List.of(known))));
  }

  /// The same, once it is sure that it has no other keys: a slip of the pen is not passed over.
  Fields withOnly(String... keys) {
    for (var key : map.keySet()) {
      if (!List.of(keys).contains(key)) {
        throw fault(String.valueOf(key), "is not one of %s".formatted(List.of(keys)));
      }
    }
    return this;
  }

  boolean isTrue(String key) {
    return "true".equals(textOr(key, "false"));
  }

  /// A list of texts; a single text counts as a list of one, an absent key as none.
  List<String> texts(String key) {
    var value = map.get(key);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return find(key).stream().toList();
  }

  /// A list of maps, or of texts that each stand for a map with only a `name`.
  List<Fields> records(String key) {
    var value = map.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw fault(key, "is not a list");
    }
    return list.stream()
        .map(o -> o instanceof String s ? new Fields(page, Map.of("name", s)) : of(page, key, o))
        .toList();
  }

  Fields record(String key) {
    var value = map.get(key);
    return value == null ? new Fields(page, Map.of()) : of(page, key, value);
  }

  private Optional<String> find(String key) {
    return Optional.ofNullable(map.get(key)).map(String::valueOf).map(String::strip);
  }

  private static Fields of(String page, String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(page, map);
    }
    throw new IllegalStateException("%s: `%s` is not a map".formatted(page, key));
  }

  private IllegalStateException fault(String key, String what) {
    return new IllegalStateException("%s: `%s` %s in %s".formatted(page, key, what, map.keySet()));
  }
}
