package hostperf.host;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many CPUs a process used for a while. Those that live shorter than a look are not seen.
public record CpuUse(ProcessHandle process, double cpus) {

  /// Looks twice; the busiest first. Empty where it was interrupted.
  public static List<CpuUse> during(Duration look) {
    Map<ProcessHandle, Duration> before = new HashMap<>();
    ProcessHandle.allProcesses().forEach(p -> spent(p).ifPresent(s -> before.put(p, s)));
    var watch = Stopwatch.started();
    try {
      Thread.sleep(look);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    double seconds = watch.elapsed().toNanos() / 1e9;
    return before.entrySet().stream()
        .flatMap(
            e ->
                spent(e.getKey()).stream()
                    .map(now -> now.minus(e.getValue()).toNanos() / 1e9 / seconds)
                    .map(cpus -> new CpuUse(e.getKey(), cpus)))
        .sorted(Comparator.comparingDouble(CpuUse::cpus).reversed())
        .toList();
  }

  private static Optional<Duration> spent(ProcessHandle process) {
    return process.info().totalCpuDuration();
  }
}
