package hostperf.doctor;

import hostperf.host.Stopwatch;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who uses the CPUs right now: the load average tells that somebody does, not who.
final class BusyProcesses {
  private static final Duration LOOK = Duration.ofMillis(500);

  /// Of one CPU: what uses less is on every machine.
  private static final double BUSY = 0.2;

  private static final int MOST = 3;

  private BusyProcesses() {}

  private record Busy(ProcessHandle process, double cpus) {}

  static List<Check> checks() {
    Map<Long, Duration> before = new HashMap<>();
    ProcessHandle.allProcesses().forEach(p -> used(p).ifPresent(u -> before.put(p.pid(), u)));
    var watch = Stopwatch.started();
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    double seconds = watch.elapsed().toNanos() / 1e9;
    return ProcessHandle.allProcesses()
        .filter(p -> p.pid() != ProcessHandle.current().pid() && before.containsKey(p.pid()))
        .map(p -> new Busy(p, cpus(p, before.getOrDefault(p.pid(), Duration.ZERO), seconds)))
        .filter(b -> b.cpus() >= BUSY)
        .sorted(Comparator.comparingDouble(Busy::cpus).reversed())
        .limit(MOST)
        .map(BusyProcesses::check)
        .toList();
  }

  private static Check check(Busy busy) {
    return Check.warning(
        "CPU load",
        String.format(
            Locale.ROOT,
            "process %d (%s) uses %.1f CPUs",
            busy.process().pid(),
            busy.process().info().command().orElse("of another user"),
            busy.cpus()),
        "Stop it, or measure when it is done.");
  }

  private static double cpus(ProcessHandle process, Duration before, double seconds) {
    return used(process).map(u -> u.minus(before).toNanos() / 1e9 / seconds).orElse(0.0);
  }

  private static Optional<Duration> used(ProcessHandle process) {
    return process.info().totalCpuDuration();
  }
}
