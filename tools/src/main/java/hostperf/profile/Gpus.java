package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import hostperf.python.SearchPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// GPUs, as `nvidia-smi` sees them, where there is one.
final class Gpus {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> IDENTITY = List.of("name", "driver_version", "power.limit");
  private static final List<String> CONDITIONS =
      List.of("clocks.sm", "clocks.mem", "temperature.gpu", "power.draw", "utilization.gpu");

  private static final String USERS = "--query-compute-apps=pid,process_name,used_memory";

  private final Processes processes;
  private final Optional<String> program;
  private final boolean isHere;

  /// Elsewhere, one that failed is not asked again: each time may be a job of its own.
  private volatile boolean hasFailed;

  private Gpus(Processes processes, Optional<String> program, boolean isHere) {
    this.processes = processes;
    this.program = program;
    this.isHere = isHere;
  }

  /// Of this machine.
  static Gpus here(Processes processes, Map<String, String> inherited) {
    return new Gpus(processes, SearchPath.find(inherited, "nvidia-smi").map(Path::toString), true);
  }

  /// Of the machine where the processes run, whose PATH is not this one's.
  static Gpus there(Processes processes) {
    return new Gpus(processes, Optional.of("nvidia-smi"), false);
  }

  SequencedMap<String, String> identity() {
    return query(IDENTITY);
  }

  SequencedMap<String, String> conditions() {
    return query(CONDITIONS);
  }

  /// Who computes on them, as `process 4711 (python), 1200 MiB`; none where nobody can say.
  List<String> users() {
    return run(USERS).stream()
        .flatMap(finished -> finished.output().lines())
        .map(line -> line.split(", *", -1))
        .filter(fields -> fields.length == 3 && fields[0].matches("\\d+"))
        .map(fields -> "process %s (%s), %s".formatted((Object[]) fields))
        .toList();
  }

  /// `gpu<index>.<field>` with nvidia-smi's units.
  private SequencedMap<String, String> query(List<String> fields) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    if (program.isEmpty()) {
      facts.put("gpus", "unknown: no nvidia-smi on the PATH");
      return facts;
    }
    var finished = run("--query-gpu=index," + String.join(",", fields));
    if (finished.isEmpty()) {
      facts.put(
          "gpus",
          isHere
              ? "unknown: nvidia-smi failed"
              : "unknown: nvidia-smi is missing or failed where the launches run");
      return facts;
    }
    finished.get().output().lines().forEach(line -> gpu(line, fields, facts));
    return facts;
  }

  /// Empty where it failed.
  private Optional<Finished> run(String query) {
    if (program.isEmpty() || hasFailed && !isHere) {
      return Optional.empty();
    }
    Optional<Finished> finished = Optional.empty();
    try {
      var command = new Command(Path.of("/"), LIMIT, program.get(), query, "--format=csv,noheader");
      finished = Optional.of(processes.run(command)).filter(Finished::succeeded);
    } catch (Refusal _) {
      // It could not be started.
    }
    hasFailed = finished.isEmpty();
    return finished;
  }

  private static void gpu(String line, List<String> fields, Map<String, String> facts) {
    List<String> values = List.of(line.split(",", -1));
    if (values.size() != fields.size() + 1) {
      return;
    }
    for (int i = 0; i < fields.size(); i++) {
      facts.put("gpu" + values.getFirst().strip() + "." + fields.get(i), values.get(i + 1).strip());
    }
  }
}
