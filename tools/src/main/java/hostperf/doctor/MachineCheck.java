package hostperf.doctor;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Processes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the machine can do beside the GPU, and how quiet it is.
final class MachineCheck {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// A run keeps profiles, samples and logs; less than this is soon used up.
  private static final long DISK = 1L << 30;

  private static final Path NODES = Path.of("/sys/devices/system/node");
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  private final Path checkout;
  private final Processes processes;

  MachineCheck(Path checkout, Processes processes) {
    this.checkout = checkout;
    this.processes = processes;
  }

  List<Check> checks() {
    var checks = new ArrayList<Check>();
    checks.add(tool("nsys", "exports .nsys-rep traces", "Install Nsight Systems."));
    if (hasSeveralNodes()) {
      checks.add(
          tool("numactl", "pins a workload to a memory node", "Install the package numactl."));
    }
    checks.add(load());
    checks.addAll(BusyProcesses.checks());
    governors().ifPresent(checks::add);
    checks.add(disk());
    return checks;
  }

  private static boolean hasSeveralNodes() {
    try (Stream<Path> folders = Files.list(NODES)) {
      return folders.filter(p -> p.getFileName().toString().matches("node\\d+")).count() > 1;
    } catch (IOException _) {
      return false;
    }
  }

  private Check tool(String name, String why, String mend) {
    return starts(name)
        ? Check.ok(name, "found")
        : Check.warning(name, "not found; it " + why, mend);
  }

  private static Check load() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double perCpu = system.getSystemLoadAverage() / system.getAvailableProcessors();
    var what = String.format(Locale.ROOT, "load %.2f per CPU over the last minute", perCpu);
    return perCpu < 0.3
        ? Check.ok("CPU load", what)
        : Check.warning("CPU load", what, "Stop other work; it shows as noise in every sample.");
  }

  private static Optional<Check> governors() {
    var found = new TreeSet<String>();
    try (Stream<Path> folders = Files.list(CPUS)) {
      for (Path cpu : folders.filter(p -> p.getFileName().toString().matches("cpu\\d+")).toList()) {
        var file = cpu.resolve("cpufreq/scaling_governor");
        if (Files.isReadable(file)) {
          found.add(Files.readString(file).strip());
        }
      }
    } catch (IOException _) {
      // A virtual machine or another system: there is none to set.
      return Optional.empty();
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var all = String.join(", ", found);
    return Optional.of(
        found.equals(new TreeSet<>(List.of("performance")))
            ? Check.ok("CPU governor", all)
            : Check.warning(
                "CPU governor", all, "`cpupower frequency-set -g performance` (as root)."));
  }

  private Check disk() {
    // A file store would be looked up among the mount points, of which a chroot has none.
    long free = checkout.toFile().getUsableSpace();
    var what = String.format(Locale.ROOT, "%,d MiB free below %s", free >> 20, checkout);
    return free > DISK
        ? Check.ok("disk", what)
        : Check.missing("disk", what, "Free 1 GiB: a run keeps profiles, samples and logs.");
  }

  private boolean starts(String program) {
    try {
      return processes.run(new Command(Doctor.NEUTRAL, LIMIT, program, "--version")).succeeded();
    } catch (Refusal _) {
      return false;
    }
  }
}
