package hostperf.server.autopilot;

import hostperf.classify.Hotspot;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A hotspot as `classify` answered it.
///
/// @param key the same for the same line of source in whichever profile
/// @param place file and line
record Target(
    String id, String key, String place, String type, String text, boolean waits, double share) {

  static Target of(Map<String, Object> row) {
    var share = row.get("share") instanceof Number n ? n.doubleValue() : 0;
    return new Target(
        String.valueOf(row.get("hotspot_id")),
        row.get("function") + "|" + row.get("source"),
        row.get("file") + ":" + row.get("line"),
        String.valueOf(row.get("type")),
        String.format(
            Locale.ROOT,
            "%s %s in %s (%s:%s, %.1f%% of %s): %s",
            row.get("hotspot_id"),
            row.get("type"),
            row.get("function"),
            row.get("file"),
            row.get("line"),
            share * 100,
            Hotspot.Cost.ofWhat(Optional.ofNullable(row.get("share_of")).map(String::valueOf)),
            row.get("source")),
        Boolean.TRUE.equals(row.get("waits")),
        share);
  }

  /// A call whose time is mostly its callee's: what is inside comes first.
  boolean isCall() {
    return type.equals("FUNCALL");
  }
}
