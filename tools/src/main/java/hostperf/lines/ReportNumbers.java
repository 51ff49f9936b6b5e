package hostperf.lines;

/// Numbers of a report. One that no measurement gives (negative, endless, or times beyond 30,000
/// years) is damage, and a `NumberFormatException`; so sums of them stay numbers.
final class ReportNumbers {
  private static final double LONGEST_S = 1e12;

  /// A double tells whole numbers apart up to here.
  private static final double MOST = 1L << 53;

  private ReportNumbers() {}

  static int line(String digits) {
    int line = Integer.parseInt(digits);
    if (line < 0) {
      throw new NumberFormatException("a negative line");
    }
    return line;
  }

  /// Newer releases print counts that are wider than their column as `1.23457e+09`.
  static long count(String digits) {
    return digits.contains("e") ? Math.round(amount(digits)) : (long) amount(digits);
  }

  /// In whatever unit the column has.
  static double amount(String digits) {
    return within(Double.parseDouble(digits));
  }

  /// Any whole figure.
  static double within(double value) {
    return within(MOST, value);
  }

  static double seconds(double value) {
    return within(LONGEST_S, value);
  }

  private static double within(double most, double value) {
    // NaN fails both comparisons.
    if (value >= 0 && value <= most) {
      return value;
    }
    throw new NumberFormatException("not a measured figure");
  }
}
