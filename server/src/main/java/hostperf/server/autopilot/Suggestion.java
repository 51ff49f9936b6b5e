package hostperf.server.autopilot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An option as `propose_options` answered it.
///
/// @param recommended by the server
/// @param draftedBy `server` or `model`; absent where there is no draft
record Suggestion(
    String id,
    String pattern,
    String text,
    boolean recommended,
    Optional<String> draftedBy,
    Trust trust) {

  /// How far a suggestion can be trusted: its risk, `zero` to `high`, and for each fact that must
  /// hold whether it was seen.
  record Trust(String risk, Map<String, String> facts) {
    Trust {
      facts = Map.copyOf(facts);
    }
  }

  static List<Suggestion> of(List<Map<String, Object>> rows, String recommended) {
    return rows.stream().map(r -> of(r, recommended)).toList();
  }

  private static Suggestion of(Map<String, Object> row, String recommended) {
    var id = String.valueOf(row.get("option_id"));
    var text =
        "%s: %s. %s Saves up to %s of the time."
            .formatted(
                id,
                row.get("title"),
                row.get("description"),
                percent(row.get("estimated_savings_share")));
    return new Suggestion(
        id,
        String.valueOf(row.get("pattern")),
        text,
        id.equals(recommended),
        Optional.ofNullable(row.get("drafted_by")).map(String::valueOf),
        new Trust(String.valueOf(row.get("risk")), facts(row.get("must_hold"))));
  }

  private static Map<String, String> facts(@Nullable Object rows) {
    var facts = new java.util.LinkedHashMap<String, String>();
    if (rows instanceof List<?> list) {
      for (var each : list) {
        if (each instanceof Map<?, ?> fact) {
          facts.put(String.valueOf(fact.get("fact")), String.valueOf(fact.get("seen")));
        }
      }
    }
    return facts;
  }

  private static String percent(@Nullable Object share) {
    return share instanceof Number n
        ? String.format(java.util.Locale.ROOT, "%.1f%%", n.doubleValue() * 100)
        : "an unknown part";
  }

  /// Its id and title.
  String brief() {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end);
  }

  /// To change nothing.
  boolean isLeaving() {
    return pattern.equals("leave-it");
  }

  boolean isDrafted() {
    return draftedBy.isPresent();
  }

  /// The server's own draft, free of risk, with every fact seen: what `zero-risk` lets through.
  boolean isSafe() {
    return trust.risk().equals("zero")
        && draftedBy.filter("server"::equals).isPresent()
        && !trust.facts().isEmpty()
        && trust.facts().values().stream().allMatch("seen"::equals);
  }
}
