package hostperf.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one injected process wrote about itself.
///
/// @param seen which rank it is
/// @param ended false for a process that was killed
/// @param targets by function
/// @param overhead absent where nothing was profiled
/// @param root its calls, where it is one of the targets
/// @param modules names of the modules it imported from outside the installation, by file
/// @param twins source files that are not what runs, with the compiled file that does
record ProcessNote(
    long pid,
    String command,
    MissingRanks.Seen seen,
    boolean ended,
    Map<String, Target> targets,
    Map<String, String> twins,
    Optional<Overhead> overhead,
    RootCalls root,
    Map<String, String> modules) {

  /// @param found qualified names it was found under; empty where it was not
  /// @param reason why it was not found
  record Target(List<String> found, boolean ran, String reason, String remark) {}

  static ProcessNote read(Path file) {
    JsonNode json = JsonMapper.shared().readTree(file.toFile());
    Map<String, Target> targets = new TreeMap<>();
    json.path("targets").properties().forEach(e -> targets.put(e.getKey(), target(e.getValue())));
    Map<String, String> twins = new TreeMap<>();
    json.path("twins").properties().forEach(e -> twins.put(e.getKey(), e.getValue().asString()));
    Map<String, String> modules = new TreeMap<>();
    json.path("modules")
        .properties()
        .forEach(e -> modules.put(e.getKey(), e.getValue().asString()));
    List<String> command = new ArrayList<>();
    json.path("command").forEach(word -> command.add(word.asString()));
    return new ProcessNote(
        json.path("pid").asLong(),
        String.join(" ", command),
        MissingRanks.Seen.of(json),
        json.path("state").asString("").equals("ended"),
        targets,
        twins,
        Overhead.read(json.path("overhead")),
        RootCalls.read(json.path("root")),
        modules);
  }

  boolean foundAny() {
    return targets.values().stream().anyMatch(target -> !target.found().isEmpty());
  }

  private static Target target(JsonNode json) {
    List<String> found = new ArrayList<>();
    json.path("found").forEach(place -> found.add(place.path("name").asString()));
    return new Target(
        found,
        json.path("ran").asBoolean(),
        json.path("reason").asString(),
        json.path("remark").asString());
  }
}
