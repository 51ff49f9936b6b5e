package hostperf.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// CPU and memory, from `/proc` and `/sys` below `root`.
record MachineFiles(Path root) {
  SequencedMap<String, String> identity() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", field("proc/cpuinfo", "model name"));
    facts.put("cpus_online", text("sys/devices/system/cpu/online"));
    // A child inherits the affinity of the process that starts it: ours is the workload's.
    facts.put("affinity", field("proc/self/status", "Cpus_allowed_list"));
    facts.put("memory_nodes_allowed", field("proc/self/status", "Mems_allowed_list"));
    facts.put("numa_nodes", text("sys/devices/system/node/online"));
    facts.put("governor", governors());
    facts.put("cpu_quota", optional("sys/fs/cgroup/cpu.max").orElse("none"));
    facts.put("kernel", text("proc/sys/kernel/osrelease"));
    return facts;
  }

  SequencedMap<String, String> conditions() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    String[] load = text("proc/loadavg").split(" ", -1);
    facts.put("load_1min", load[0]);
    facts.put("running", load.length > 3 ? load[3].replaceFirst("/.*", "") : "unknown");
    facts.put("memory_available", field("proc/meminfo", "MemAvailable"));
    facts.put("cpu_mhz", megahertz());
    return facts;
  }

  /// One for all CPUs, or several where they differ.
  private String governors() {
    var found = new TreeSet<String>();
    Path cpus = root.resolve("sys/devices/system/cpu");
    try (Stream<Path> folders = Files.list(cpus)) {
      for (Path cpu : folders.filter(p -> p.getFileName().toString().matches("cpu\\d+")).toList()) {
        read(cpu.resolve("cpufreq/scaling_governor")).map(String::strip).ifPresent(found::add);
      }
    } catch (IOException _) {
      return "unknown: no " + cpus;
    }
    return found.isEmpty() ? "none" : String.join(", ", found);
  }

  private String megahertz() {
    List<Double> all =
        optional("proc/cpuinfo").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("cpu MHz"))
            .map(line -> Double.valueOf(line.substring(line.indexOf(':') + 1).strip()))
            .toList();
    return all.isEmpty()
        ? "unknown: none in /proc/cpuinfo"
        : String.valueOf(
            Math.round(all.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
  }

  private String field(String file, String name) {
    return optional(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown: no " + name + " in /" + file);
  }

  private String text(String file) {
    return optional(file).orElse("unknown: no /" + file);
  }

  private Optional<String> optional(String file) {
    return read(root.resolve(file)).map(String::strip);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
