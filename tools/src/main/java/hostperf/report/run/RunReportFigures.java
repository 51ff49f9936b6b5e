package hostperf.report.run;

import hostperf.measure.MetricChange;
import hostperf.verdict.Interval;
import hostperf.verdict.Percent;
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
        .replaceAll("\\.?0+%$", "%");
  }

  /// The metric's name, its change with the interval, and which way is better.
  static String change(MetricChange change) {
    return "%s %s (%s interval %s, %s)"
        .formatted(
            change.metric().name(),
            signed(change.change()),
            confidence(change.interval()),
            interval(change.interval()),
            direction(change));
  }

  /// A figure that did not decide: all there is of it in one line.
  static String whole(MetricChange change) {
    return "`%s` %s, %s (%s interval %s; %s)"
        .formatted(
            change.metric().name(),
            moved(change),
            signed(change.change()),
            confidence(change.interval()),
            interval(change.interval()),
            direction(change));
  }

  static String brief(MetricChange change) {
    return "`%s` %s, %s (%s)"
        .formatted(
            change.metric().name(), moved(change), signed(change.change()), direction(change));
  }

  static String direction(MetricChange change) {
    return change.metric().better().word() + " is better";
  }

  /// From before to after, with the unit.
  static String moved(MetricChange change) {
    return value(change.before() * scale(change)) + " → " + after(change);
  }

  static String before(MetricChange change) {
    return (value(change.before() * scale(change)) + " " + unit(change)).strip();
  }

  static String after(MetricChange change) {
    return (value(change.after() * scale(change)) + " " + unit(change)).strip();
  }

  /// Short times are read in milliseconds.
  private static boolean isShort(MetricChange change) {
    return change.metric().unit().equals("s") && change.before() < 1;
  }

  private static double scale(MetricChange change) {
    return isShort(change) ? 1e3 : 1;
  }

  private static String unit(MetricChange change) {
    return isShort(change) ? "ms" : change.metric().unit();
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

  static String count(int number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}
