package hostperf.doctor;

import hostperf.host.CpuUse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Who uses the CPUs right now: the load average tells that somebody does, not who.
final class BusyProcesses {
  private static final Duration LOOK = Duration.ofMillis(500);

  /// Of one CPU: what uses less is on every machine.
  private static final double BUSY = 0.2;

  private static final int MOST = 3;

  private BusyProcesses() {}

  static List<Check> checks() {
    return CpuUse.during(LOOK).stream()
        .filter(use -> !use.process().equals(ProcessHandle.current()) && use.cpus() >= BUSY)
        .limit(MOST)
        .map(BusyProcesses::check)
        .toList();
  }

  private static Check check(CpuUse busy) {
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
}
