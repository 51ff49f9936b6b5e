package hostperf.trace.read;

/// Small numbers by large ones, such as correlation ids: a trace has millions, and an object for
/// each would cost more than reading them.
final class LongNumbers {
  /// An odd number with many bits: the golden ratio.
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private int bits = 10;
  private int size;
  private long[] keys = new long[1 << bits];

  /// Values plus one; 0 where a place is free.
  private int[] values = new int[1 << bits];

  void put(long key, int value) {
    int at = place(key);
    size += values[at] == 0 ? 1 : 0;
    keys[at] = key;
    values[at] = value + 1;
    if (size > keys.length / 3 * 2) {
      grow();
    }
  }

  boolean has(long key) {
    return values[place(key)] != 0;
  }

  int get(long key, int otherwise) {
    int value = values[place(key)];
    return value == 0 ? otherwise : value - 1;
  }

  /// Where a key is, or would be.
  private int place(long key) {
    int at = (int) (key * MIX >>> Long.SIZE - bits);
    while (values[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    bits++;
    keys = new long[1 << bits];
    values = new int[1 << bits];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
