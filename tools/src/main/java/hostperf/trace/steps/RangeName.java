package hostperf.trace.steps;

import hostperf.catalog.NvtxRanges;
import hostperf.catalog.StepRange;
import java.util.regex.Pattern;

/// The name under which ranges of one operation are added up.
public final class RangeName {
  /// Numbers that stand by themselves, and those behind a word that counts: ranks, layers, steps,
  /// batch sizes, request ids.
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![A-Za-z\\d])\\d+(?![A-Za-z\\d])"
              + "|(?<=(?:step|iter|iteration|batch|bs|layer|req|request|rank|tokens?|chunk|block|mb))"
              + "\\d+(?![A-Za-z\\d])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LAYER =
      Pattern.compile("(?:^|[^a-z])layers?[._ \\[]?(\\d{1,6})\\b", Pattern.CASE_INSENSITIVE);

  private RangeName() {}

  public static String common(String name, NvtxRanges ranges) {
    return ranges
        .step(name)
        .map(StepRange::named)
        .orElseGet(() -> NUMBER.matcher(name).replaceAll("N"));
  }

  /// The layer that a name speaks of (`model.layers.3.mlp`), or -1.
  public static int layer(String name) {
    var match = LAYER.matcher(name);
    return match.find() ? Integer.parseInt(match.group(1)) : -1;
  }
}
