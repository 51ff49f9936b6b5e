package hostperf.doctor;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the machine can do, and how quiet it is.
final class MachineCheck {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// A run keeps profiles, samples and logs; less than this is soon used up.
  private static final long DISK = 1L << 30;

  private static final String GPU_QUERY =
      "--query-gpu=name,driver_version,persistence_mode,clocks.sm,clocks.max.sm,utilization.gpu";

  private final Path checkout;
  private final Processes processes;

  MachineCheck(Path checkout, Processes processes) {
    this.checkout = checkout;
    this.processes = processes;
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    findings.addAll(gpus());
    findings.add(tool("nsys", "exports .nsys-rep traces", "Install Nsight Systems."));
    findings.add(tool("numactl", "shows the NUMA layout", "Install the package numactl."));
    findings.add(load());
    governor().ifPresent(findings::add);
    findings.add(disk());
    return findings;
  }

  private List<Finding> gpus() {
    var printed = output("nvidia-smi", GPU_QUERY, "--format=csv,noheader,nounits");
    if (printed.isEmpty()) {
      return List.of(
          Finding.warning(
              "GPU",
              "nvidia-smi is not here, so clocks, temperature and GPU load are not recorded",
              "Run hostperf where the GPU is (ssh, docker exec)."));
    }
    return printed.get().lines().map(MachineCheck::gpu).toList();
  }

  private static Finding gpu(String line) {
    var fields = line.split(", *", -1);
    if (fields.length < 6) {
      return Finding.warning("GPU", "nvidia-smi said: " + line, "Run nvidia-smi yourself.");
    }
    var what =
        "%s, driver %s, persistence %s, %s of %s MHz, %s%% busy".formatted((Object[]) fields);
    if (!fields[5].equals("0")) {
      return Finding.warning("GPU", what, "Something else uses it; wait until it is idle.");
    }
    return fields[2].equals("Enabled")
        ? Finding.ok("GPU", what)
        : Finding.warning(
            "GPU", what, "nvidia-smi -pm 1 keeps the driver loaded between launches.");
  }

  private Finding tool(String name, String why, String mend) {
    return output(name, "--version").isPresent()
        ? Finding.ok(name, "found")
        : Finding.warning(name, "not found; it " + why, mend);
  }

  private static Finding load() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double perCpu = system.getSystemLoadAverage() / system.getAvailableProcessors();
    var what = "load %.2f per CPU".formatted(perCpu);
    return perCpu < 0.3
        ? Finding.ok("load", what)
        : Finding.warning("load", what, "Stop other work; it shows as noise in every sample.");
  }

  private static Optional<Finding> governor() {
    var file = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      var governor = Files.readString(file).strip();
      return Optional.of(
          governor.equals("performance")
              ? Finding.ok("CPU governor", governor)
              : Finding.warning(
                  "CPU governor", governor, "cpupower frequency-set -g performance (as root)."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Finding disk() {
    try {
      long free = Files.getFileStore(checkout).getUsableSpace();
      var what = "%,d MiB free".formatted(free >> 20);
      return free > DISK
          ? Finding.ok("disk", what)
          : Finding.missing("disk", what, "Free 1 GiB: a run keeps profiles, samples and logs.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> output(String... command) {
    try {
      var finished = processes.run(new Command(checkout, LIMIT, command));
      return finished.succeeded() ? Optional.of(finished.output().strip()) : Optional.empty();
    } catch (Refusal _) {
      return Optional.empty();
    }
  }
}
