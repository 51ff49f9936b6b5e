package hostperf.stacks;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Python's marshal format, versions 0 to 5, as far as it holds plain values
/// (https://github.com/python/cpython/blob/main/Python/marshal.c). Nothing is run.
///
/// A tuple or list is a `List`, a dictionary a `Dictionary`, numbers are `Double`, text is a
/// `String`.
final class Marshal {
  private static final int DEEPEST = 30;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int LONGEST_TUPLE = 1 << 20;

  /// A profile has ten a function.
  private static final int MOST = 20_000_000;

  private static final int REFERENCED = 0x80;

  /// Stands for `None` and what we need not tell apart.
  static final Object NONE = new Object();

  /// Ends a dictionary.
  private record End() {}

  private final InputStream in;
  private final List<@Nullable Object> references = new ArrayList<>();
  private final List<String> interned = new ArrayList<>();
  private long position;
  private int values;

  record Dictionary(List<Object> keys, List<Object> values) {}

  Marshal(InputStream in) {
    this.in = in;
  }

  Object read() throws IOException {
    Object value = value(0);
    if (value instanceof End) {
      throw wrong("an end is where a value is expected");
    }
    return value;
  }

  private Object value(int depth) throws IOException {
    if (depth > DEEPEST || ++values > MOST) {
      throw wrong("it nests deeper, or has more values, than a profile");
    }
    int code = next();
    int type = code & ~REFERENCED;
    if (type == 'r') {
      return reference(number(4));
    }
    int slot = (code & REFERENCED) == 0 ? -1 : references.size();
    if (slot >= 0) {
      references.add(null);
    }
    Object value = value(type, depth);
    if (slot >= 0) {
      references.set(slot, value);
    }
    return value;
  }

  private Object value(int type, int depth) throws IOException {
    return switch (type) {
      case '0' -> new End();
      case 'N', 'F', 'T', '.', 'S' -> NONE;
      case 'i' -> (double) (int) number(4);
      case 'I' -> (double) number(8);
      case 'l' -> large();
      case 'f' -> decimal(text(next()));
      case 'g' -> Double.longBitsToDouble(number(8));
      case 'z', 'Z' -> text(next());
      case 's', 'u', 'a', 'A' -> text(number(4));
      case 't' -> {
        String text = text(number(4));
        interned.add(text);
        yield text;
      }
      case 'R' -> {
        long index = number(4);
        if (index < 0 || index >= interned.size()) {
          throw wrong("it refers to a text that is not there");
        }
        yield interned.get((int) index);
      }
      case ')' -> items(next(), depth);
      case '(', '[' -> items(number(4), depth);
      case '{' -> dictionary(depth);
      default -> throw wrong("it has a value of type 0x%02x, which no profile has".formatted(type));
    };
  }

  private Object reference(long index) {
    Object value = index >= 0 && index < references.size() ? references.get((int) index) : null;
    if (value == null) {
      throw wrong("it refers to a value that is not there");
    }
    return value;
  }

  private List<Object> items(long length, int depth) throws IOException {
    if (length < 0 || length > LONGEST_TUPLE) {
      throw wrong("it has a list of %d values".formatted(length));
    }
    List<Object> items = new ArrayList<>((int) Math.min(length, 16));
    for (long i = 0; i < length; i++) {
      items.add(value(depth + 1));
    }
    return items;
  }

  private Dictionary dictionary(int depth) throws IOException {
    List<Object> keys = new ArrayList<>();
    List<Object> entries = new ArrayList<>();
    for (Object key = value(depth + 1); !(key instanceof End); key = value(depth + 1)) {
      keys.add(key);
      entries.add(value(depth + 1));
    }
    return new Dictionary(keys, entries);
  }

  /// Digits to the base 2¹⁵, lowest first; a negative count of them is the sign.
  private Double large() throws IOException {
    int digits = (int) number(4);
    if (Math.abs((long) digits) > 64) {
      throw wrong("it has a number of %d digits".formatted(digits));
    }
    var sum = BigInteger.ZERO;
    for (int i = 0; i < Math.abs(digits); i++) {
      sum = sum.add(BigInteger.valueOf(number(2)).shiftLeft(15 * i));
    }
    return (digits < 0 ? sum.negate() : sum).doubleValue();
  }

  private Double decimal(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException _) {
      throw wrong("'%s' is not a number".formatted(text));
    }
  }

  private String text(long length) throws IOException {
    if (length < 0 || length > LONGEST_TEXT) {
      throw wrong("it has a text of %d bytes".formatted(length));
    }
    byte[] bytes = in.readNBytes((int) length);
    position += bytes.length;
    if (bytes.length < length) {
      throw cut();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Little-endian, with a sign where it has 4 bytes.
  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) next() << (8 * i);
    }
    return bytes == 4 ? (int) number : number;
  }

  private int next() throws IOException {
    int one = in.read();
    if (one < 0) {
      throw cut();
    }
    position++;
    return one;
  }

  private MalformedStacks cut() {
    return new MalformedStacks("it ends within a value, at byte %d".formatted(position));
  }

  private MalformedStacks wrong(String why) {
    return new MalformedStacks("%s, at byte %d".formatted(why, position));
  }
}
