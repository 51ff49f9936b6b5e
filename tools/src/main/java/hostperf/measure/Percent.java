package hostperf.measure;

import java.util.Locale;

/// Fractions as a reader sees them in a reason: two digits after the point at most.
final class Percent {
  private Percent() {}

  static String percent(double fraction) {
    String digits = String.format(Locale.ROOT, "%.2f", fraction * 100);
    return digits.replaceAll("\\.?0+$", "") + "%";
  }

  /// A factor with one digit after the point: `1.5`, `3`.
  static String factor(double factor) {
    return String.format(Locale.ROOT, "%.1f", factor).replaceAll("\\.0$", "");
  }

  static String signed(double fraction) {
    return (fraction >= 0 ? "+" : "") + percent(fraction);
  }
}
