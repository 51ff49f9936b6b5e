package hostperf.server;

import hostperf.classify.facts.HotspotType;
import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.answer.Comparison;
import java.util.Locale;
import java.util.regex.Pattern;

/// How Java names are spelled on the wire.
final class WireNames {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private WireNames() {}

  /// `runId` → `run_id`; a `_` at the end keeps a word of Java apart: `for_` → `for`.
  static String snake(String javaName) {
    var name = javaName.endsWith("_") ? javaName.substring(0, javaName.length() - 1) : javaName;
    return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /// Enum constants in lower case, but for the hotspot types and what traces are judged by, whose
  /// names are upper case.
  static String spelled(Enum<?> constant) {
    return constant instanceof HotspotType
            || constant instanceof HostBoundVerdict
            || constant instanceof Comparison.Status
        ? constant.name()
        : constant.name().toLowerCase(Locale.ROOT);
  }
}
