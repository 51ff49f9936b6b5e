package hostperf.lines;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the data of a Python pickle, and runs nothing.
///
/// A pickle is a program for a small stack machine that may import and call whatever it names. Of
/// its instructions only those that build numbers, texts, tuples, lists, dictionaries and objects
/// with plain attributes are known here; classes are mere names. Formats: protocols 2 to 5,
/// `Lib/pickletools.py` of CPython.
final class Pickle {
  /// Protocol 2 and later begins with this byte; no UTF-8 text does.
  static final int FIRST_BYTE = 0x80;

  /// @param name of a class, with its module
  record Name(String name) {}

  /// @param attributes set when the object's state is read
  record Instance(Name type, List<Object> attributes) {}

  /// Keys and values in turn. No keys are compared: a pickle can make one that holds itself.
  record Dictionary(List<Object> pairs) {}

  record Tuple(List<Object> items) {}

  private record Mark() {}

  /// What is wrong with a pickle, as the end of "<file> …".
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String what) {
      super(what);
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }

  private static final Object NONE = new Object();

  private final ByteBuffer bytes;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Pickle(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Object read(byte[] bytes) throws Unreadable {
    try {
      return new Pickle(bytes).run();
    } catch (BufferUnderflowException _) {
      throw new Unreadable("ends in the middle");
    } catch (IndexOutOfBoundsException | ClassCastException _) {
      throw new Unreadable("is damaged");
    }
  }

  private Object run() throws Unreadable {
    while (true) {
      int code = bytes.get() & 0xff;
      if (code == '.') {
        return pop();
      }
      step(code);
    }
  }

  private void step(int code) throws Unreadable {
    switch (code) {
      case FIRST_BYTE -> bytes.get(); // PROTO
      case 0x95 -> bytes.getLong(); // FRAME
      case '(' -> push(new Mark());
      case 'N' -> push(NONE);
      case 'K' -> push((long) (bytes.get() & 0xff));
      case 'M' -> push((long) (bytes.getShort() & 0xffff));
      case 'J' -> push((long) bytes.getInt());
      case 0x8a -> push(wholeNumber(bytes.get() & 0xff));
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong())));
      case 0x8c -> push(text(bytes.get() & 0xff, StandardCharsets.UTF_8));
      case 'X' -> push(text(bytes.getInt(), StandardCharsets.UTF_8));
      case 'U' -> push(text(bytes.get() & 0xff, StandardCharsets.ISO_8859_1));
      case 'T' -> push(text(bytes.getInt(), StandardCharsets.ISO_8859_1));
      case ')' -> push(new Tuple(List.of()));
      case 0x85, 0x86, 0x87 -> push(new Tuple(last(code - 0x84)));
      case 't' -> push(new Tuple(sinceMark()));
      case ']' -> push(new ArrayList<>());
      case 'a' -> list(last(1));
      case 'e' -> list(sinceMark());
      case '}' -> push(new Dictionary(new ArrayList<>()));
      case 's' -> pairs(last(2));
      case 'u' -> pairs(sinceMark());
      case 'q' -> memo.put(bytes.get() & 0xff, top());
      case 'r' -> memo.put(bytes.getInt(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> push(remembered(bytes.get() & 0xff));
      case 'j' -> push(remembered(bytes.getInt()));
      case 'c' -> push(new Name(line() + "." + line()));
      case 0x93 -> named();
      case 0x81 -> created();
      case 'b' -> state();
      default ->
          throw new Unreadable(
              "has the instruction 0x%02x, which measurements do not need".formatted(code));
    }
  }

  private void named() {
    var parts = last(2);
    push(new Name((String) parts.get(0) + "." + (String) parts.get(1)));
  }

  private void created() {
    var parts = last(2);
    push(new Instance((Name) parts.getFirst(), new ArrayList<>()));
  }

  private void state() {
    Object state = pop();
    ((Instance) top()).attributes().add(state);
  }

  @SuppressWarnings("unchecked")
  private void list(List<Object> items) {
    ((List<Object>) top()).addAll(items);
  }

  private void pairs(List<Object> items) {
    ((Dictionary) top()).pairs().addAll(items);
  }

  private Object remembered(int key) throws Unreadable {
    @Nullable Object value = memo.get(key);
    if (value == null) {
      throw new Unreadable("is damaged");
    }
    return value;
  }

  /// Little-endian two's complement; longer ones than 8 bytes are no measurement.
  private long wholeNumber(int length) throws Unreadable {
    if (length > Long.BYTES) {
      throw new Unreadable("holds a number of " + length + " bytes");
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      long next = i == length - 1 ? bytes.get() : bytes.get() & 0xff;
      value |= next << (8 * i);
    }
    return value;
  }

  private String text(int length, Charset charset) throws Unreadable {
    if (length < 0 || length > bytes.remaining()) {
      throw new Unreadable("ends in the middle");
    }
    var text = new byte[length];
    bytes.get(text);
    return new String(text, charset);
  }

  private String line() {
    var line = new StringBuilder();
    for (char c = (char) (bytes.get() & 0xff); c != '\n'; c = (char) (bytes.get() & 0xff)) {
      line.append(c);
    }
    return line.toString();
  }

  private List<Object> last(int count) {
    var tail = stack.subList(stack.size() - count, stack.size());
    var items = List.copyOf(tail);
    tail.clear();
    return items;
  }

  private List<Object> sinceMark() {
    int mark = stack.size() - 1;
    while (!(stack.get(mark) instanceof Mark)) {
      mark--;
    }
    var items = last(stack.size() - mark - 1);
    stack.removeLast();
    return items;
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }
}
