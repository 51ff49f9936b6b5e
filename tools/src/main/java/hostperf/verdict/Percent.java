package hostperf.verdict;

import java.util.Locale;

/// Fractions as a reader sees them, the same in every text: a change with one digit after the
/// point, below a tenth of a percent with two; a setting with what it was given.
public final class Percent {
  private Percent() {}

  /// The size of something measured.
  public static String percent(double fraction) {
    return signed(Math.abs(fraction)).substring(1);
  }

  /// A setting, with the digits that it was given.
  public static String setting(double fraction) {
    String digits = String.format(Locale.ROOT, "%.2f", fraction * 100);
    return digits.replaceAll("\\.?0+$", "") + "%";
  }

  /// A change beside the bound that it is compared with: where both would round to the same, the
  /// change has a digit more.
  static String signed(double fraction, double bound) {
    return Math.abs(Math.abs(fraction) - bound) < 0.0005
        ? String.format(Locale.ROOT, "%+.2f%%", fraction * 100)
        : signed(fraction);
  }

  /// A change with its sign.
  public static String signed(double fraction) {
    double size = Math.abs(fraction * 100);
    boolean isTiny = size >= 0.005 && size < 0.095;
    return String.format(Locale.ROOT, isTiny ? "%+.2f%%" : "%+.1f%%", fraction * 100);
  }
}
