package hostperf.trace.analyse;

import java.util.regex.Pattern;

/// The name under which ranges of one operation are added up.
final class RangeName {
  /// Whole numbers that stand by themselves: ranks, layers, request ids.
  private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z_\\d])\\d+(?![A-Za-z_\\d])");

  private static final Pattern LAYER =
      Pattern.compile("(?:^|[^a-z])layers?[._ \\[]?(\\d{1,6})\\b", Pattern.CASE_INSENSITIVE);

  private RangeName() {}

  static String common(String name) {
    return name.startsWith(Step.RANGE) ? Step.RANGE : NUMBER.matcher(name).replaceAll("N");
  }

  /// The layer that a name speaks of (`model.layers.3.mlp`), or -1.
  static int layer(String name) {
    var match = LAYER.matcher(name);
    return match.find() ? Integer.parseInt(match.group(1)) : -1;
  }
}
