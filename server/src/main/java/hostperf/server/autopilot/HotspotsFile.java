package hostperf.server.autopilot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The file that `classify` names, as rows like those of its answer.
final class HotspotsFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HotspotsFile() {}

  /// Empty where there is no such file.
  static Optional<List<Map<String, Object>>> rows(String path) {
    if (path.isEmpty() || !Files.isRegularFile(Path.of(path))) {
      return Optional.empty();
    }
    try {
      var rows = new ArrayList<Map<String, Object>>();
      for (var hotspot : JSON.readTree(Files.readString(Path.of(path))).path("hotspots")) {
        rows.add(row(hotspot));
      }
      return Optional.of(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> row(JsonNode hotspot) {
    var place = hotspot.path("place");
    var row = new LinkedHashMap<String, Object>();
    row.put("hotspot_id", hotspot.path("id").asString(""));
    row.put("function", place.path("function").asString(""));
    row.put("file", place.path("file").asString(""));
    row.put("line", place.path("line").asInt(0));
    row.put("source", place.path("source").asString(""));
    row.put("type", hotspot.path("judgement").path("type").asString(""));
    row.put("waits", hotspot.path("judgement").path("waits").asBoolean(false));
    row.put("share", hotspot.path("cost").path("share").asDouble(0));
    return row;
  }
}
