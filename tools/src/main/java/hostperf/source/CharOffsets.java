package hostperf.source;

import java.util.function.IntUnaryOperator;

/// From tree-sitter's byte offsets in UTF-8 to indexes in the Java string.
final class CharOffsets {
  private CharOffsets() {}

  static IntUnaryOperator of(String text, int bytes) {
    if (bytes == text.length()) {
      return IntUnaryOperator.identity();
    }
    var index = new int[bytes + 1];
    int at = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      for (int b = 0; b < width && at < bytes; b++) {
        index[at++] = i;
      }
      i += Character.charCount(point);
    }
    while (at <= bytes) {
      index[at++] = text.length();
    }
    return b -> index[Math.min(b, bytes)];
  }
}
