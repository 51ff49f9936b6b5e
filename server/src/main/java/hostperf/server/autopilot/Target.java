package hostperf.server.autopilot;

import hostperf.classify.Hotspot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A hotspot as `classify` answered it.
///
/// @param key the same for the same line of source in whichever profile
/// @param place file and line
/// @param excluded it waits on purpose, or the device works there
record Target(
    String id, String key, String place, String type, String text, boolean excluded, double share) {

  static Target of(Map<String, Object> row) {
    var share = row.get("share") instanceof Number n ? n.doubleValue() : 0;
    return new Target(
        String.valueOf(row.get("hotspot_id")),
        row.get("function") + "|" + row.get("source"),
        row.get("file") + ":" + row.get("line"),
        type(row),
        String.format(
            Locale.ROOT,
            "%s %s in %s (%s:%s, %.1f%% of %s): %s",
            row.get("hotspot_id"),
            type(row),
            row.get("function"),
            row.get("file"),
            row.get("line"),
            share * 100,
            Hotspot.Cost.ofWhat(Optional.ofNullable(row.get("share_of")).map(String::valueOf)),
            row.get("source")),
        Boolean.TRUE.equals(row.get("waits")) || Boolean.TRUE.equals(row.get("device")),
        share);
  }

  /// The settled type, else those that facts permit, as a question.
  private static String type(Map<String, Object> row) {
    if (row.get("type") instanceof String settled) {
      return settled;
    }
    return row.get("candidates") instanceof List<?> candidates
        ? candidates.stream()
                .map(c -> String.valueOf(((Map<?, ?>) c).get("type")))
                .collect(Collectors.joining(" or "))
            + "?"
        : "?";
  }

  /// A call whose time is mostly its callee's: what is inside comes first.
  boolean isCall() {
    return type.startsWith("FUNCALL");
  }
}
