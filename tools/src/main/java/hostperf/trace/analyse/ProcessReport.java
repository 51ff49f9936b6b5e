package hostperf.trace.analyse;

import hostperf.trace.read.TraceOrigin;
import hostperf.trace.steps.StepKinds;
import java.util.List;
import java.util.Optional;

/// What one process's timeline says.
///
/// @param process its id: nsys' global process id, or the pid of a torch-profiler trace
/// @param trace name of the file it was read from
/// @param devices the GPUs it ran work on, ascending
/// @param origin when and on what it was captured
/// @param rank its rank in a distributed run, where the trace or its name says it
/// @param verdict YES where a phase says so
/// @param steps by what its steps are known, and of what kinds they are
public record ProcessReport(
    long process,
    String trace,
    Optional<Integer> rank,
    HostBoundVerdict verdict,
    TraceOrigin origin,
    List<Integer> devices,
    StepKinds steps,
    Phases phases) {
  public ProcessReport {
    devices = List.copyOf(devices);
  }

  /// The same with the figures of all phases together, without lists.
  public ProcessReport brief() {
    return new ProcessReport(
        process,
        trace,
        rank,
        verdict,
        origin,
        devices,
        new StepKinds(steps.how(), steps.engine(), steps.count(), List.of()),
        new Phases(phases.aggregate().briefest(), Optional.empty(), Optional.empty()));
  }
}
