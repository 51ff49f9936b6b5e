package hostperf.trace.read;

import java.util.Arrays;

/// Strings that recur, found again by their characters: of millions of events, most share their
/// names, and none of those is made anew.
final class RecurringTexts {
  private static final int BITS = 12;

  /// An odd number with many bits: the golden ratio.
  private static final int MIX = 0x9E3779B9;

  private final String[] kept = new String[1 << BITS];

  RecurringTexts() {
    Arrays.fill(kept, "");
  }

  String of(char[] text, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = hash * MIX >>> Integer.SIZE - BITS;
    if (!isSame(kept[slot], text, from, length)) {
      kept[slot] = new String(text, from, length);
    }
    return kept[slot];
  }

  private static boolean isSame(String known, char[] text, int from, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }
}
