package hostperf.trace.analyse;

import hostperf.trace.read.Trace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Everything that is found out about one process of a trace. The trace itself can be dropped
/// afterwards.
///
/// @param stepData figures per step, for comparing ranks
public record ProcessAnalysis(
    ProcessReport report, Gpu gpu, Host host, Picture picture, StepData stepData) {

  /// @param hasUntimedReplays graphs were launched, but no replay was recorded with a duration
  public record Gpu(
      GapStatistics gaps,
      List<IdleGap> largestGaps,
      GraphCoverage graphs,
      double kernelsPerStep,
      boolean hasUntimedReplays) {
    public Gpu {
      largestGaps = List.copyOf(largestGaps);
    }
  }

  public record Host(
      List<HostOperation> operations,
      SyncCalls waits,
      GarbageCollection garbageCollection,
      double noWorkUs) {
    public Host {
      operations = List.copyOf(operations);
    }
  }

  /// @param steps the process's periods and the thread they run on
  /// @param sourceOf the function that opens a range, where known
  public static ProcessAnalysis of(
      Trace trace,
      long process,
      Window steps,
      Thresholds thresholds,
      Function<String, Optional<String>> sourceOf) {
    Periods periods = steps.periods();
    var passed = CompletableFuture.supplyAsync(() -> new HostCalls(trace, process, periods));
    var gpu = new GpuTimeline(trace, process, periods);
    var preparation = new HostPreparation(trace, process, periods, gpu);
    var operations = new HostOperations(trace, periods, gpu, steps.thread());
    var sweep = new RangeSweep(trace, process, periods, gpu);
    sweep.run(operations::add);
    List<HostOperation> list = operations.list(sourceOf);
    HostCalls calls = passed.join();
    List<IdleGap> largestGaps =
        new LargestGaps(trace, process, periods, gpu.longestIdle()).list(operations);
    var report =
        new ProcessReport(
            process,
            trace.source().file().getFileName().toString(),
            gpu.devices(),
            new PhaseJudge(periods, gpu, calls, preparation, thresholds).phases());
    return new ProcessAnalysis(
        report,
        new Gpu(
            gpu.gaps(),
            largestGaps,
            gpu.graphs().coverage(process, calls.replays()),
            gpu.kernelsPerStep(),
            calls.replays() > 0 && !gpu.graphs().hasTimedGraphWork()),
        new Host(
            list,
            calls.waits(operations.layers()),
            operations.garbageCollection(),
            operations.noWorkUs()),
        new PictureData(periods, gpu).picture(report, list, operations, largestGaps, sweep),
        StepData.of(periods, gpu));
  }

  /// @param thread number of the thread that runs the steps; -1 without steps
  public record Window(Periods periods, int thread) {}
}
