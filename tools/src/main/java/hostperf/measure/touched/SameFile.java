package hostperf.measure.touched;

/// Whether two paths name one file: a report's may be absolute, or relative to another folder.
final class SameFile {
  private SameFile() {}

  static boolean is(String left, String right) {
    return left.equals(right) || left.endsWith("/" + right) || right.endsWith("/" + left);
  }
}
