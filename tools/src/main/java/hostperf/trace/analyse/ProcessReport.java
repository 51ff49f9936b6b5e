package hostperf.trace.analyse;

import java.util.List;

/// What one process's timeline says.
///
/// @param process its id: nsys' global process id, or the pid of a torch-profiler trace
/// @param trace name of the file it was read from
/// @param devices the GPUs it ran work on, ascending
public record ProcessReport(long process, String trace, List<Integer> devices, Phases phases) {
  public ProcessReport {
    devices = List.copyOf(devices);
  }

  public Verdict verdict() {
    return phases.all().anyMatch(p -> p.verdict() == Verdict.YES) ? Verdict.YES : Verdict.NO;
  }
}
