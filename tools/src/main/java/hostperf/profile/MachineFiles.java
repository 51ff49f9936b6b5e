package hostperf.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// CPU and memory, from `/proc` and `/sys` below `root`.
record MachineFiles(Path root) {
  private static final Pattern CPU = Pattern.compile("cpu(\\d{1,5}) +([\\d ]+)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  SequencedMap<String, String> identity() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", field("proc/cpuinfo", "model name"));
    facts.put("cpus_online", text("sys/devices/system/cpu/online"));
    facts.putAll(affinity());
    facts.put("numa_nodes", text("sys/devices/system/node/online"));
    facts.put("governor", governors());
    facts.put("cpu_quota", optional("sys/fs/cgroup/cpu.max").orElse("none"));
    facts.put("kernel", text("proc/sys/kernel/osrelease"));
    return facts;
  }

  /// A child inherits the affinity of the process that starts it: ours is the workload's.
  SequencedMap<String, String> affinity() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("affinity", field("proc/self/status", "Cpus_allowed_list"));
    facts.put("memory_nodes_allowed", field("proc/self/status", "Mems_allowed_list"));
    return facts;
  }

  SequencedMap<String, String> conditions() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    String[] load = text("proc/loadavg").split(" ", -1);
    facts.put("load_1min", load[0]);
    facts.put("running", load.length > 3 ? load[3].replaceFirst("/.*", "") : "unknown");
    facts.put("memory_available", field("proc/meminfo", "MemAvailable"));
    facts.put("cpu_mhz", megahertz());
    busySeconds().ifPresent(s -> facts.put("cpu_busy_s", String.format(Locale.ROOT, "%.2f", s)));
    return facts;
  }

  /// What the CPUs that we may use have been busy since the machine started, all together; absent
  /// where the kernel does not tell.
  Optional<Double> busySeconds() {
    var allowed = allowed();
    var busy =
        read(root.resolve("proc/stat")).stream()
            .flatMap(String::lines)
            .map(line -> CPU.matcher(line))
            .filter(cpu -> cpu.matches() && allowed.get(Integer.parseInt(cpu.group(1))))
            .map(cpu -> List.of(cpu.group(2).strip().split(" +")))
            .toList();
    return busy.isEmpty()
        ? Optional.empty()
        : Optional.of(busy.stream().mapToDouble(MachineFiles::busy).sum());
  }

  /// Columns of `/proc/stat` after the name, in hundredths of a second: user, nice, system, idle,
  /// iowait, irq, softirq, steal. Time of guests is in that of the user.
  private static double busy(List<String> columns) {
    double ticks = 0;
    for (int column = 0; column < Math.min(8, columns.size()); column++) {
      ticks += column == 3 || column == 4 ? 0 : Double.parseDouble(columns.get(column));
    }
    return ticks / 100;
  }

  /// Of a list such as `0-3,8`; every number where it is not known.
  private BitSet allowed() {
    var allowed = new BitSet();
    for (String part : field("proc/self/status", "Cpus_allowed_list").split(",", -1)) {
      var range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        allowed.set(0, 4096);
        return allowed;
      }
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
      allowed.set(from, to + 1);
    }
    return allowed;
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
