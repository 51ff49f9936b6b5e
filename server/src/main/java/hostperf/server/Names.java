package hostperf.server;

import hostperf.classify.HotspotType;
import hostperf.trace.analyse.Verdict;
import hostperf.trace.answer.Comparison;
import java.util.Locale;
import java.util.regex.Pattern;

/// How Java names are spelled on the wire.
final class Names {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private Names() {}

  /// `runId` → `run_id`.
  static String snake(String javaName) {
    return HUMP.matcher(javaName).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /// Enum constants in lower case, but for the hotspot types and what traces are judged by, whose
  /// names are upper case.
  static String spelled(Enum<?> constant) {
    return constant instanceof HotspotType
            || constant instanceof Verdict
            || constant instanceof Comparison.Status
        ? constant.name()
        : constant.name().toLowerCase(Locale.ROOT);
  }
}
