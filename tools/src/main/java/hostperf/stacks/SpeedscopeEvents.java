package hostperf.stacks;

import java.util.Arrays;
import tools.jackson.core.JsonToken;

/// The opening and closing frames of one of speedscope's profiles, a few bytes each: a trace of a
/// minute has millions.
final class SpeedscopeEvents {
  private static final int VALUES = 2;

  private double[] at = new double[64];

  /// -1 where a frame closes.
  private double[] opened = new double[64];

  private int size;

  /// From the array's first token on.
  static SpeedscopeEvents read(JsonColumns json) {
    var events = new SpeedscopeEvents();
    var parser = json.parser();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        json.count(VALUES);
        events.add(json);
      } else {
        parser.skipChildren();
      }
    }
    return events;
  }

  private void add(JsonColumns json) {
    var parser = json.parser();
    double time = Double.NaN;
    double frame = -1;
    boolean opens = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "at" -> time = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
        case "frame" -> frame = token.isNumeric() ? parser.getDoubleValue() : -1;
        case "type" -> opens = token == JsonToken.VALUE_STRING && parser.getString().equals("O");
        default -> parser.skipChildren();
      }
      if (token.isStructStart()) {
        parser.skipChildren();
      }
    }
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      opened = Arrays.copyOf(opened, 2 * size);
    }
    at[size] = time;
    opened[size] = opens ? Math.max(frame, -0.5) : -1;
    size++;
  }

  int size() {
    return size;
  }

  /// `NaN` where the event has no time.
  double at(int event) {
    return at[event];
  }

  boolean opens(int event) {
    return opened[event] > -1;
  }

  /// Of one that opens.
  double frame(int event) {
    return opened[event];
  }
}
