package hostperf.trace.read;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One event of a torch-profiler trace; read into the same object again and again.
///
/// A field of the wrong type reads as if it were missing.
final class KinetoEvent {
  static final long MISSING = Long.MIN_VALUE;

  /// Beyond that it is no time of this century; adding two of them must not overflow either.
  private static final long MOST_NS = Long.MAX_VALUE / 4;

  /// So many digits are read without a thought of overflow.
  private static final int SAFE_DIGITS = 18;

  /// What an event is to us.
  enum Category {
    KERNEL,
    COPY,
    CALL,
    RANGE,
    FRAME,
    UNWANTED
  }

  private final RecurringTexts texts = new RecurringTexts();

  String phase = "";
  Category category = Category.UNWANTED;
  String name = "";
  long process;

  /// What stands before the number in a `pid` that is text: `[TP00] ` of `[TP00] 83`.
  String scope = "";

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
        case "cat" -> category = category(text(json, value));
        case "name" -> name = text(json, value);
        case "pid" -> process(json, value);
        case "tid" -> thread = whole(json, value);
        case "ts" -> startNs = nanos(json, value);
        case "dur" -> durationNs = nanos(json, value);
        case "args" -> arguments(json, value);
        default -> json.skipChildren();
      }
      if (category == Category.UNWANTED && field.equals("cat")) {
        skipRest(json);
        return;
      }
    }
  }

  private static void skipRest(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      json.nextToken();
      json.skipChildren();
    }
  }

  /// GPU-side twins of user ranges bear the same names under `gpu_user_annotation`.
  private static Category category(String name) {
    return switch (name) {
      case "kernel" -> Category.KERNEL;
      case "gpu_memcpy", "gpu_memset" -> Category.COPY;
      case "user_annotation" -> Category.RANGE;
      case "python_function" -> Category.FRAME;
      default ->
          name.endsWith("_runtime") || name.endsWith("_driver") ? Category.CALL : Category.UNWANTED;
    };
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
    name = "";
    process = MISSING;
    scope = "";
    thread = MISSING;
    startNs = MISSING;
    durationNs = MISSING;
    correlation = MISSING;
    device = MISSING;
    stream = MISSING;
    category = Category.UNWANTED;
  }

  boolean hasTimes() {
    return startNs != MISSING && durationNs >= 0;
  }

  private String text(JsonParser json, JsonToken token) {
    json.skipChildren();
    return token == JsonToken.VALUE_STRING
        ? texts.of(json.getStringCharacters(), json.getStringOffset(), json.getStringLength())
        : "";
  }

  /// Merged traces of several ranks put the rank in front: `[TP00] 83`.
  private void process(JsonParser json, JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      process = whole(json, token);
      return;
    }
    String text = json.getString();
    int digits = text.length();
    while (digits > 0 && isDigit(text.charAt(digits - 1)) && text.length() - digits < SAFE_DIGITS) {
      digits--;
    }
    scope = text.substring(0, digits).strip();
    process = digits < text.length() ? Long.parseLong(text.substring(digits)) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long whole(JsonParser json, JsonToken token) {
    json.skipChildren();
    return switch (token) {
      case VALUE_NUMBER_INT ->
          switch (json.getNumberType()) {
            case INT, LONG -> json.getLongValue();
            default -> MISSING;
          };
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
    char[] text = json.getStringCharacters();
    int at = json.getStringOffset();
    int end = at + json.getStringLength();
    long value = 0;
    int decimals = -1;
    int digits = 0;
    for (int i = at; i < end; i++) {
      char c = text[i];
      if (c == '.' && decimals < 0) {
        decimals = 0;
      } else if (isDigit(c) && digits < SAFE_DIGITS && decimals < 3) {
        value = value * 10 + (c - '0');
        digits++;
        decimals += decimals < 0 ? 0 : 1;
      } else {
        return exactly(new String(text, at, end - at));
      }
    }
    for (int i = Math.max(decimals, 0); i < 3; i++) {
      if (value > MOST_NS / 10) {
        return MISSING;
      }
      value *= 10;
    }
    return value < MOST_NS ? value : MISSING;
  }

  private static long exactly(String text) {
    if (!text.matches("-?[\\d.eE+-]{1,40}")) {
      return MISSING;
    }
    BigDecimal nanos = new BigDecimal(text).movePointRight(3);
    return nanos.abs().compareTo(BigDecimal.valueOf(MOST_NS)) < 0
        ? Math.round(nanos.doubleValue() - nanos.longValue()) + nanos.longValue()
        : MISSING;
  }
}
