package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
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
  private final Map<String, String> inherited;

  Gpus(Processes processes, Map<String, String> inherited) {
    this.processes = processes;
    this.inherited = inherited;
  }

  SequencedMap<String, String> identity() {
    return query(IDENTITY);
  }

  SequencedMap<String, String> conditions() {
    return query(CONDITIONS);
  }

  /// Who computes on them, as `process 4711 (python), 1200 MiB`; none where nobody can say.
  List<String> users() {
    return SearchPath.find(inherited, "nvidia-smi").stream()
        .flatMap(program -> run(program, USERS).stream())
        .filter(Finished::succeeded)
        .flatMap(finished -> finished.output().lines())
        .map(line -> line.split(", *", -1))
        .filter(fields -> fields.length == 3 && fields[0].matches("\\d+"))
        .map(fields -> "process %s (%s), %s".formatted((Object[]) fields))
        .toList();
  }

  /// `gpu<index>.<field>` with nvidia-smi's units.
  private SequencedMap<String, String> query(List<String> fields) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    Optional<Path> program = SearchPath.find(inherited, "nvidia-smi");
    if (program.isEmpty()) {
      facts.put("gpus", "none: no nvidia-smi on the PATH");
      return facts;
    }
    Optional<Finished> finished =
        run(program.get(), "--query-gpu=index," + String.join(",", fields));
    if (finished.filter(Finished::succeeded).isEmpty()) {
      facts.put("gpus", "unknown: nvidia-smi failed");
      return facts;
    }
    finished.get().output().lines().forEach(line -> gpu(line, fields, facts));
    return facts;
  }

  private Optional<Finished> run(Path program, String query) {
    try {
      return Optional.of(
          processes.run(
              new Command(
                  Path.of("/"), LIMIT, program.toString(), query, "--format=csv,noheader")));
    } catch (Refusal _) {
      return Optional.empty();
    }
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
