package hostperf.trace.read;

import java.util.Arrays;

/// Gives the ids of names small numbers, as one of several threads that read a trace.
///
/// Each keeps what it was given, so that only ids new to it wait for the others.
final class NameNumbers {
  private static final int KEPT = 1 << 10;

  private final Dictionary<Integer> all;
  private final int[] ids = new int[KEPT];
  private final int[] numbers = new int[KEPT];

  NameNumbers(Dictionary<Integer> all) {
    this.all = all;
    Arrays.fill(ids, -1);
  }

  int of(int id) {
    int slot = id & (KEPT - 1);
    if (ids[slot] != id) {
      ids[slot] = id;
      numbers[slot] = all.number(id);
    }
    return numbers[slot];
  }
}
