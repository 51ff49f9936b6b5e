package hostperf.behaviour;

import java.util.List;

/// A value of the recorded program by its structure. Parts are numbers of other structures of the
/// same recording.
sealed interface Structure {
  /// @param kind its type's name
  record Plain(String kind, String text) implements Structure {
    private static final double LARGE = 1e6;

    boolean isNone() {
      return kind.equals("NoneType");
    }

    boolean isNumber() {
      return kind.equals("int") || kind.equals("float") || kind.equals("bool");
    }

    /// Of a kind that varies by itself: a float, or a large whole number, which may be a time in
    /// nanoseconds, an address, or a process.
    boolean varies() {
      return isNumber() && (kind.equals("float") || Math.abs(number()) > LARGE);
    }

    /// As a number; booleans are 0 and 1.
    double number() {
      return switch (text) {
        case "True" -> 1;
        case "False" -> 0;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.parseDouble(text.startsWith("0x") || text.startsWith("-0x") ? "0" : text);
      };
    }
  }

  /// A text of JSON.
  ///
  /// @param held what it stands for
  /// @param written how it is written: the text without its numbers
  record Json(int held, int written) implements Structure {}

  /// A list, tuple, deque or array.
  ///
  /// @param isTuple each place has a meaning of its own
  /// @param total how many there are
  /// @param first how many parts are the first items; where there are more parts, the next stands
  ///     for all items between, by their digest, and the others are the last items
  record Items(boolean isTuple, int total, List<Integer> parts, int first) implements Structure {
    /// Each item is described.
    boolean isComplete() {
      return parts.size() == total && first == total;
    }

    /// Which item a part is, as in `[3]`; the items between as in `[48:80]`.
    String place(int part) {
      int last = parts.size() - first - 1;
      if (part < first || last < 0) {
        return "[" + part + "]";
      }
      return part == first
          ? "[%d:%d]".formatted(first, total - last)
          : "[%d]".formatted(total - parts.size() + part);
    }
  }

  /// In no order.
  record Unordered(String kind, int total, List<Integer> parts) implements Structure {
    boolean isComplete() {
      return parts.size() == total;
    }
  }

  /// @param label a key's text
  record Entry(String label, int part) {}

  record Mapping(String kind, int total, List<Entry> parts) implements Structure {}

  /// @param parts its attributes
  record Instance(String kind, List<Entry> parts) implements Structure {}

  /// @param digest of the content; empty where it was not read
  /// @param values all of them, or evenly spread ones where there are many
  /// @param sums of floating-point content: the sum, one weighted by place, the largest size
  record Tensor(
      String type,
      List<Integer> shape,
      String device,
      String digest,
      List<String> values,
      List<Double> sums)
      implements Structure {}

  /// What has no structure that tells: a lock, a module, a function.
  record Opaque(String kind) implements Structure {}

  /// Beyond the limits of what was looked at.
  record Cut() implements Structure {}
}
