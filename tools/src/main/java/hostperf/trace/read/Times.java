package hostperf.trace.read;

/// What is believed of numbers found in a file.
final class Times {
  /// No program's clock goes further: 2^62 ns are 146 years. Differences of such times fit a long.
  private static final long LAST = 1L << 62;

  private Times() {}

  static boolean isUsable(long time) {
    return time > -LAST && time < LAST;
  }

  /// Whether the two can be the start and the end of something.
  static boolean areUsable(long start, long end) {
    return isUsable(start) && isUsable(end) && end >= start;
  }

  /// A number that counts or names something: 0 where it is absent or senseless.
  static int small(long number) {
    return number >= 0 && number <= Integer.MAX_VALUE ? (int) number : 0;
  }
}
