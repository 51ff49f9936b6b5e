package hostperf.profile;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Python process as it introduced itself.
///
/// @param rank as its launcher numbered it; empty where it did not
/// @param ranks how many it launched; 0 where it did not say
/// @param node where it runs, as the machine or Slurm calls it
public record SampledProcess(long pid, String rank, int ranks, String node) {

  /// Every process whose note begins with this prefix, by number.
  static Map<Long, SampledProcess> of(Path prefix) {
    var found = new HashMap<Long, SampledProcess>();
    for (Path note : notes(prefix)) {
      var process = read(note);
      found.put(process.pid(), process);
    }
    return found;
  }

  static List<Path> notes(Path prefix) {
    return ProfileFiles.after(prefix).stream()
        .filter(file -> file.toString().endsWith(".process.json"))
        .toList();
  }

  static SampledProcess read(Path note) {
    JsonNode json = JsonMapper.shared().readTree(note.toFile());
    return new SampledProcess(
        json.path("pid").asLong(),
        json.path("rank").asString(""),
        MissingRanks.number(json.path("ranks").asString("")),
        json.path("node").asString(""));
  }
}
