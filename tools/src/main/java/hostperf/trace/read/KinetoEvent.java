package hostperf.trace.read;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One event of a torch-profiler trace; read into the same object again and again.
///
/// A field of the wrong type reads as if it were missing.
final class KinetoEvent {
  static final long MISSING = Long.MIN_VALUE;

  String phase = "";
  String category = "";
  String name = "";
  long process;
  long thread;
  long startNs;
  long durationNs;
  long correlation;
  long device;
  long stream;

  void read(JsonParser json) {
    clear();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "ph" -> phase = text(json, value);
        case "cat" -> category = text(json, value);
        case "name" -> name = text(json, value);
        case "pid" -> process = whole(json, value);
        case "tid" -> thread = whole(json, value);
        case "ts" -> startNs = nanos(json, value);
        case "dur" -> durationNs = nanos(json, value);
        case "args" -> arguments(json, value);
        default -> json.skipChildren();
      }
    }
  }

  private void arguments(JsonParser json, JsonToken opening) {
    if (opening != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "correlation" -> correlation = whole(json, value);
        case "device" -> device = whole(json, value);
        case "stream" -> stream = whole(json, value);
        default -> json.skipChildren();
      }
    }
  }

  private void clear() {
    phase = "";
    category = "";
    name = "";
    process = MISSING;
    thread = MISSING;
    startNs = MISSING;
    durationNs = MISSING;
    correlation = MISSING;
    device = MISSING;
    stream = MISSING;
  }

  boolean hasTimes() {
    return startNs != MISSING && durationNs >= 0;
  }

  private static String text(JsonParser json, JsonToken token) {
    json.skipChildren();
    return token == JsonToken.VALUE_STRING ? json.getString() : "";
  }

  private static long whole(JsonParser json, JsonToken token) {
    json.skipChildren();
    return switch (token) {
      case VALUE_NUMBER_INT -> wholeOrMissing(json.getString());
      case VALUE_STRING -> wholeOrMissing(json.getString());
      default -> MISSING;
    };
  }

  private static long wholeOrMissing(String digits) {
    return digits.matches("-?\\d{1,18}") ? Long.parseLong(digits) : MISSING;
  }

  /// Microseconds with decimals, as nanoseconds. Times since the epoch have more digits than a
  /// double holds, so the decimal text is what counts.
  private static long nanos(JsonParser json, JsonToken token) {
    json.skipChildren();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      return MISSING;
    }
    String text = json.getString();
    if (!text.matches("-?[\\d.eE+-]{1,40}")) {
      return MISSING;
    }
    BigDecimal nanos = new BigDecimal(text).movePointRight(3);
    // Beyond that it is no time of this century; adding two of them must not overflow either.
    boolean fits = nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 4)) < 0;
    return fits ? Math.round(nanos.doubleValue() - nanos.longValue()) + nanos.longValue() : MISSING;
  }
}
