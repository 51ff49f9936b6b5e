package hostperf.report;

import hostperf.verdict.Percent;
import java.util.Locale;

/// Numbers as people read them: three significant digits, always with a unit.
public final class Figures {
  private Figures() {}

  /// Three significant digits, without an exponent.
  public static String number(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0" : "n/a";
    }
    double size = Math.abs(value);
    int decimals = (int) Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size))));
    return String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : "%." + decimals + "f", value);
  }

  public static String seconds(double seconds) {
    double size = Math.abs(seconds);
    if (size >= 1 || size == 0) {
      return number(seconds) + " s";
    }
    return size >= 1e-3 ? number(seconds * 1e3) + " ms" : number(seconds * 1e6) + " µs";
  }

  public static String micros(double micros) {
    return seconds(micros / 1e6);
  }

  /// A share of the whole, as a percentage with one decimal.
  public static String share(double fraction) {
    return String.format(Locale.ROOT, "%.1f%%", fraction * 100);
  }

  /// A relative change with its sign.
  public static String change(double fraction) {
    return Percent.signed(fraction);
  }

  public static String count(long count, String noun) {
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
  }
}
