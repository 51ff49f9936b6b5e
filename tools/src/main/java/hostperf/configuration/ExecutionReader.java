package hostperf.configuration;

import hostperf.execution.Execution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads the section `execution`.
final class ExecutionReader {
  /// A job of Slurm is of whole minutes.
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(10);

  private ExecutionReader() {}

  private enum Kind {
    LOCAL,
    PREFIX,
    SLURM
  }

  static Execution read(Section root) {
    var section = root.section("execution");
    var execution =
        switch (section.choice("kind", Kind.class, Kind.LOCAL)) {
          case LOCAL -> new Execution.Local();
          case PREFIX -> prefix(section);
          case SLURM -> slurm(section);
        };
    section.rejectOthers();
    return execution;
  }

  private static Execution prefix(Section section) {
    var words = section.texts("command", List.of());
    if (words.isEmpty()) {
      section.fault("command", "is missing; for example `command: [docker, exec, engine]`.");
    }
    var paths = section.map("paths");
    paths.forEach(
        (here, there) -> {
          if (!Path.of(here).isAbsolute() || !there.startsWith("/")) {
            section.fault(
                "paths", "maps '%s' to '%s'; both must be absolute.".formatted(here, there));
          }
        });
    return new Execution.Prefix(words, paths);
  }

  private static Execution slurm(Section section) {
    var request = new ArrayList<String>();
    for (var name : List.of("partition", "account", "qos", "gres", "constraint")) {
      section.text(name).ifPresent(value -> request.add("--" + name + "=" + value));
    }
    if (section.flag("exclusive", false)) {
      request.add("--exclusive");
    }
    if (section.has("time")) {
      long minutes = section.duration("time", MINUTE).plus(MINUTE).minusMillis(1).toMinutes();
      request.add("--time=" + Math.max(1, minutes));
    }
    request.addAll(section.texts("options", List.of()));
    int nodes = section.number("nodes", 1, 1, 10_000);
    int tasks = section.number("ntasks", nodes, 1, 100_000);
    if (tasks < nodes) {
      section.fault("ntasks", "is %d, fewer than the %d nodes.".formatted(tasks, nodes));
    }
    var hold = section.duration("hold", Duration.ofMinutes(10));
    if (hold.compareTo(SHORTEST_HOLD) < 0) {
      section.fault("hold", "is %d s; at least 10s.".formatted(hold.toSeconds()));
    }
    return new Execution.Slurm(
        nodes,
        tasks,
        request,
        new Execution.Steps(
            section.texts("step_options", List.of()),
            section.text("container_image"),
            section.texts("command", List.of())),
        section.duration("wait", Duration.ofHours(1)),
        hold);
  }
}
