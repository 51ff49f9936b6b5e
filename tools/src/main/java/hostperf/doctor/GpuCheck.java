package hostperf.doctor;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The GPUs as nvidia-smi sees them: do they keep their driver loaded and their clocks up, and does
/// anybody else use them?
final class GpuCheck {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// Order of `Gpu`'s components.
  private static final String FIELDS =
      "index,name,driver_version,persistence_mode,clocks.sm,clocks.max.sm,utilization.gpu,"
          + "temperature.gpu,clocks_throttle_reasons.active";

  /// Bits of clocks_throttle_reasons.active that slow a busy GPU down (nvml.h,
  /// nvmlClocksThrottleReason…): power cap, hardware slowdown, heat by software and by hardware,
  /// power brake. Idleness and set clocks are no fault.
  private static final long SLOWED = 0x4 | 0x8 | 0x20 | 0x40 | 0x80;

  private final Processes processes;

  GpuCheck(Processes processes) {
    this.processes = processes;
  }

  List<Check> checks() {
    var gpus = lines("--query-gpu=" + FIELDS);
    if (gpus.isEmpty()) {
      return List.of(
          Check.warning(
              "GPU",
              "nvidia-smi is not here or fails, so clocks, temperature and GPU load are not"
                  + " recorded",
              "Run hostperf where the GPU is (ssh, docker exec); see what `nvidia-smi` itself"
                  + " says."));
    }
    var checks = new ArrayList<Check>();
    gpus.get().forEach(line -> checks.addAll(gpu(line.split(", *", -1))));
    lines("--query-compute-apps=pid,process_name,used_memory")
        .ifPresent(apps -> apps.forEach(app -> checks.add(user(app.split(", *", -1)))));
    return checks;
  }

  private static List<Check> gpu(String[] fields) {
    if (fields.length != FIELDS.split(",").length) {
      return List.of(
          Check.warning(
              "GPU", "nvidia-smi said: " + String.join(", ", fields), "Run nvidia-smi yourself."));
    }
    var subject = "GPU " + fields[0];
    var what =
        "%s, driver %s, persistence %s, %s of %s MHz, %s%% busy, %s °C"
            .formatted(fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7]);
    var faults = new ArrayList<Check>();
    if (fields[3].equals("Disabled")) {
      faults.add(
          Check.warning(
              subject,
              what,
              "`nvidia-smi -pm 1` (as root) keeps the driver loaded between launches; without it"
                  + " each launch pays for loading it."));
    }
    if (!fields[6].equals("0")) {
      faults.add(Check.warning(subject, what, "Something uses it; wait until it is idle."));
    }
    if ((mask(fields[8]) & SLOWED) != 0) {
      faults.add(
          Check.warning(
              subject,
              "%s; its clocks are held down (reasons %s)".formatted(what, fields[8]),
              "`nvidia-smi -q -d PERFORMANCE` names the reason; lock the clocks below what power"
                  + " and heat allow: `nvidia-smi -lgc MHZ` (as root)."));
    }
    return faults.isEmpty() ? List.of(Check.ok(subject, what)) : faults;
  }

  /// 0 where the driver does not tell.
  private static long mask(String hex) {
    return hex.matches("0x[0-9a-fA-F]{1,15}|0x0[0-9a-fA-F]{15}")
        ? Long.parseLong(hex.substring(2), 16)
        : 0;
  }

  private static Check user(String[] app) {
    return Check.warning(
        "GPU load",
        "process %s (%s) holds %s MiB of GPU memory"
            .formatted(app[0], app.length > 1 ? app[1] : "?", app.length > 2 ? app[2] : "?"),
        "End it or wait for it: it takes time and memory from every launch.");
  }

  private Optional<List<String>> lines(String query) {
    try {
      var finished =
          processes.run(
              new Command(
                  Doctor.NEUTRAL, LIMIT, "nvidia-smi", query, "--format=csv,noheader,nounits"));
      return finished.succeeded()
          ? Optional.of(finished.output().lines().filter(l -> !l.isBlank()).toList())
          : Optional.empty();
    } catch (Refusal _) {
      return Optional.empty();
    }
  }
}
