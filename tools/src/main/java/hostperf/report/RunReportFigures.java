package hostperf.report;

import hostperf.measure.Interval;
import hostperf.measure.MetricChange;
import hostperf.measure.Percent;
import java.util.Locale;

/// Numbers as a run's report shows them.
final class RunReportFigures {
  private RunReportFigures() {}

  /// Four significant digits, never an exponent: 1394, 13.94, 0.01394.
  static String value(double value) {
    if (value == 0) {
      return "0";
    }
    int digits = (int) Math.clamp(3 - Math.floor(Math.log10(Math.abs(value))), 0, 9);
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f%%", fraction * 100);
  }

  static String signed(double fraction) {
    return Percent.signed(fraction);
  }

  static String interval(Interval interval) {
    return signed(interval.low()) + " to " + signed(interval.high());
  }

  static String confidence(Interval interval) {
    return String.format(Locale.ROOT, "%.4g%%", interval.confidence() * 100)
        .replaceAll("\\.0+%$", "%");
  }

  static String change(MetricChange change) {
    return "%s (%s)".formatted(signed(change.change()), interval(change.interval()));
  }

  /// Two significant digits; what is smaller than 0.0001 decides no differently.
  static String p(double p) {
    if (p < 0.0001) {
      return "below 0.0001";
    }
    int digits = (int) Math.clamp(1 - Math.floor(Math.log10(p)), 2, 5);
    return String.format(Locale.ROOT, "%." + digits + "f", p);
  }

  static String times(double factor) {
    return String.format(Locale.ROOT, "%.1f", factor);
  }

  static String seconds(double seconds) {
    return value(seconds) + " s";
  }

  static String count(int number, String noun) {
    return number + " " + (number == 1 ? noun : noun + "s");
  }
}
