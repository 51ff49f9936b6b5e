package hostperf.host;

import org.jspecify.annotations.Nullable;

/// The beginning and the end of a text that may be far longer than memory.
///
/// Safe for one writer and any reader: a pump that outlives its command may still write while the
/// command's result is read.
final class KeptText {
  private final int half;
  private final StringBuilder head = new StringBuilder();
  private char @Nullable [] ring;
  private long total;

  KeptText(int kept) {
    half = kept / 2;
  }

  synchronized void append(char[] chars, int length) {
    int toHead = (int) Math.max(0, Math.min(length, half - total));
    head.append(chars, 0, toHead);
    total += toHead;
    if (toHead < length) {
      toRing(chars, toHead, length - toHead);
    }
  }

  private void toRing(char[] chars, int from, int length) {
    char[] tail = ring;
    if (tail == null) {
      tail = new char[half];
      ring = tail;
    }
    // Only the last `half` characters can survive; skip what would be overwritten at once.
    int skipped = Math.max(0, length - half);
    total += skipped;
    int done = skipped;
    while (done < length) {
      int at = (int) ((total - half) % half);
      int piece = Math.min(length - done, half - at);
      System.arraycopy(chars, from + done, tail, at, piece);
      done += piece;
      total += piece;
    }
  }

  /// The whole text where it fits, else both ends with a line between them that counts the rest.
  synchronized String text() {
    char[] tail = ring;
    if (tail == null) {
      return head.toString();
    }
    long left = total - 2L * half;
    return left <= 0 ? head + end() : head + "\n[… " + left + " characters left out …]\n" + end();
  }

  /// The end of the text, at most half of what is kept.
  synchronized String end() {
    char[] tail = ring;
    if (tail == null) {
      return head.toString();
    }
    int used = (int) Math.min(half, total - half);
    int start = (int) ((total - half - used) % half);
    var end = new StringBuilder(used);
    end.append(tail, start, Math.min(used, half - start));
    return end.append(tail, 0, used - end.length()).toString();
  }
}
