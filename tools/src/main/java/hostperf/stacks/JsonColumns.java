package hostperf.stacks;

import java.io.InputStream;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// JSON as profilers write it, in little memory: an array of numbers is a `double[]`, in which a
/// null is `NaN`, and of equal ones within a list, as samples are, one is kept.
///
/// Everything else is what one expects: `Map`, `List`, `String`, `Double`, `Boolean`.
final class JsonColumns {
  /// A value takes up to 24 bytes while its array grows, and the rest of the program some memory
  /// too. py-spy's profile of an hour has a million.
  private static final long MOST = Runtime.getRuntime().maxMemory() / 48;

  private static final int OBJECT = 12;
  private static final int TEXT = 6;

  private final JsonParser parser;
  private final Set<String> ignored;
  private final Map<String, Function<JsonColumns, Object>> others;
  /// By content.
  private final Map<DoubleBuffer, double[]> known = new HashMap<>();
  private long size;

  private JsonColumns(
      JsonParser parser, Set<String> ignored, Map<String, Function<JsonColumns, Object>> others) {
    this.parser = parser;
    this.ignored = ignored;
    this.others = others;
  }

  /// @param ignored fields that are passed over, wherever they stand
  /// @param others fields whose arrays are read in another way, from their first token on
  static Map<String, Object> read(
      InputStream in, Set<String> ignored, Map<String, Function<JsonColumns, Object>> others) {
    try (var parser = JsonMapper.shared().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedStacks(
            "it is a list in JSON, as traces of events are: `hostperf detect` reads traces");
      }
      return new JsonColumns(parser, ignored, others).object();
    }
  }

  private Map<String, Object> object() {
    count(OBJECT);
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (ignored.contains(name)) {
        parser.skipChildren();
      } else {
        var other = token == JsonToken.START_ARRAY ? others.get(name) : null;
        Object value = other == null ? value(token) : other.apply(this);
        if (value != null) {
          fields.put(name, value);
        }
      }
    }
    return fields;
  }

  private @Nullable Object value(JsonToken token) {
    count(1);
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> text();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private String text() {
    String text = parser.getString();
    count(TEXT + text.length() / 8);
    return text;
  }

  /// Of numbers for as long as nothing else occurs.
  private Object array() {
    var numbers = new double[8];
    int length = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!token.isNumeric() && token != JsonToken.VALUE_NULL) {
        return mixed(numbers, length, token);
      }
      count(1);
      numbers = length == numbers.length ? Arrays.copyOf(numbers, 2 * length) : numbers;
      numbers[length++] = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
    }
    return Arrays.copyOf(numbers, length);
  }

  private List<Object> mixed(double[] first, int length, JsonToken next) {
    count(OBJECT);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(first[i]);
    }
    for (JsonToken token = next; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      long before = size;
      Object value = value(token);
      if (value instanceof double[] numbers) {
        double[] same = known.putIfAbsent(DoubleBuffer.wrap(numbers), numbers);
        if (same != null) {
          size = before + 1;
          value = same;
        }
      }
      items.add(value == null ? Double.NaN : value);
    }
    return items;
  }

  JsonParser parser() {
    return parser;
  }

  /// Refuses what does not fit into memory.
  ///
  /// @param more values that were kept
  void count(long more) {
    size += more;
    if (size > MOST) {
      throw new MalformedStacks(
          "it has more values than fit into memory, at line %d, column %d"
              .formatted(
                  parser.currentLocation().getLineNr(), parser.currentLocation().getColumnNr()));
    }
  }
}
