package hostperf.server.page;

import hostperf.report.Html;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Moments and durations as a person reads them.
final class ShownTime {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ShownTime() {}

  static void at(Instant time, Html out) {
    out.leaf("time datetime=\"%s\"".formatted(time), SHOWN.format(time) + " UTC");
  }

  static String words(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
