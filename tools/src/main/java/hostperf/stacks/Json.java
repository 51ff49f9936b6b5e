package hostperf.stacks;

import java.util.List;
import java.util.Map;

/// Looks into what `JsonColumns` read; what is not there, or is something else, is empty.
final class Json {
  private Json() {}

  static Map<?, ?> object(Map<?, ?> from, String name) {
    return from.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<?> list(Map<?, ?> from, String name) {
    return from.get(name) instanceof List<?> list ? list : List.of();
  }

  static boolean isArray(Map<?, ?> from, String name) {
    return from.get(name) instanceof List<?> || from.get(name) instanceof double[];
  }

  static double[] numbers(Map<?, ?> from, String name) {
    return from.get(name) instanceof double[] numbers ? numbers : new double[0];
  }

  static String text(Map<?, ?> from, String name) {
    return from.get(name) instanceof String text ? text : "";
  }

  static double number(Map<?, ?> from, String name, double otherwise) {
    return from.get(name) instanceof Double number ? number : otherwise;
  }

  /// A line number, 0 where it is none.
  static int line(double number) {
    return number >= 1 && number <= Integer.MAX_VALUE ? (int) number : 0;
  }
}
