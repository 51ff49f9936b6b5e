package hostperf.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the line profiler itself costs in one process, as measured there; its times come without.
///
/// @param lineNs at each line that it counts
/// @param callNs at each call of a profiled function
/// @param mostly lines of which more than half of the measured time was this cost
record Overhead(long lineNs, long callNs, List<Place> mostly) {
  private static final int MOST_NAMED = 5;

  record Place(String file, String function, int line) {}

  Overhead {
    mostly = List.copyOf(mostly);
  }

  /// Absent where the process profiled nothing.
  static Optional<Overhead> read(JsonNode json) {
    var places = new ArrayList<Place>();
    for (JsonNode place : json.path("mostly")) {
      places.add(
          new Place(
              place.path("file").asString(""),
              place.path("function").asString(""),
              place.path("line").asInt(0)));
    }
    var read = new Overhead(json.path("line_ns").asLong(0), json.path("call_ns").asLong(0), places);
    return read.lineNs == 0 && read.callNs == 0 ? Optional.empty() : Optional.of(read);
  }

  /// In words, over all processes; empty where none profiled.
  static List<String> remarks(List<Overhead> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    var most = all.stream().max((a, b) -> Long.compare(a.lineNs, b.lineNs)).orElseThrow();
    var remarks = new ArrayList<String>();
    remarks.add(
        String.format(
            Locale.ROOT,
            "The line profiler's own overhead (%.2f µs a line, %.2f µs a call, measured here) is"
                + " taken off its times.",
            most.lineNs / 1e3,
            most.callNs / 1e3));
    var places = all.stream().flatMap(one -> one.mostly.stream()).distinct().toList();
    if (!places.isEmpty()) {
      var named =
          places.stream().limit(MOST_NAMED).map(p -> p.function() + " line " + p.line()).toList();
      remarks.add(
          "On %,d %s what is left is less than the profiler's own overhead, so their times say little: %s%s."
              .formatted(
                  places.size(),
                  places.size() == 1 ? "line" : "lines",
                  String.join(", ", named),
                  places.size() > MOST_NAMED ? ", …" : ""));
    }
    return remarks;
  }
}
