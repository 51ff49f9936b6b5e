package hostperf.host;

import java.util.function.Consumer;

/// Hands on a stream of characters line by line. A carriage return ends a line too, because
/// progress bars never send anything else; of a very long line only the beginning is handed on.
final class LineSplitter {
  private static final int LONGEST = 16_384;

  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private boolean afterReturn;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void append(char[] chars, int length) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      char c = chars[i];
      if (c == '\n' || c == '\r') {
        add(chars, from, i - from);
        if (c == '\r' || !afterReturn) {
          emit();
        }
        afterReturn = c == '\r';
        from = i + 1;
      }
    }
    add(chars, from, length - from);
  }

  private void add(char[] chars, int from, int length) {
    if (length > 0) {
      afterReturn = false;
      line.append(chars, from, Math.min(length, LONGEST - line.length()));
    }
  }

  void end() {
    if (!line.isEmpty()) {
      emit();
    }
  }

  private void emit() {
    lines.accept(line.toString());
    line.setLength(0);
  }
}
