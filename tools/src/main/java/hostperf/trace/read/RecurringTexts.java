package hostperf.trace.read;

import java.util.Arrays;

/// Strings that recur, found again by their characters: of millions of events, most share their
/// names, and none of those is made anew.
final class RecurringTexts {
  private static final int BITS = 12;

  /// An odd number with many bits: the golden ratio.
  private static final int MIX = 0x9E3779B9;

  /// So many characters tell most names apart: the last ones, since many begin alike.
  private static final int TOLD_BY = 12;

  private final char[][] characters = new char[1 << BITS][0];
  private final String[] texts = new String[1 << BITS];

  RecurringTexts() {
    Arrays.fill(texts, "");
  }

  String of(char[] text, int from, int length) {
    int to = from + length;
    int hash = length;
    for (int i = Math.max(from, to - TOLD_BY); i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = hash * MIX >>> Integer.SIZE - BITS;
    char[] known = characters[slot];
    if (!Arrays.equals(known, 0, known.length, text, from, to)) {
      characters[slot] = Arrays.copyOfRange(text, from, to);
      texts[slot] = new String(text, from, length);
    }
    return texts[slot];
  }
}
