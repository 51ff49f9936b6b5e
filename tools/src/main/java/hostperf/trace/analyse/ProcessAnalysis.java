package hostperf.trace.analyse;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.StepKinds;
import hostperf.trace.steps.StepSource;
import hostperf.trace.timeline.GapStatistics;
import hostperf.trace.timeline.GpuTimeline;
import hostperf.trace.timeline.GraphCoverage;
import hostperf.trace.timeline.IdleStretches;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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

  /// @param causes where the host was while it kept the device waiting
  public record Host(
      List<HostOperation> operations,
      List<IdleCause> causes,
      Optional<SyncCalls> waits,
      GarbageCollection garbageCollection) {
    public Host {
      operations = List.copyOf(operations);
      causes = List.copyOf(causes);
    }
  }

  /// @param window the process's periods and the thread they run on
  /// @param ranges what ranges stand for
  public static ProcessAnalysis of(
      Trace trace, long process, Window window, Thresholds thresholds, NvtxRanges ranges) {
    Periods periods = window.periods();
    // This takes as long as all the rest.
    var dividing = CompletableFuture.supplyAsync(() -> Idle.of(trace, process, window));
    var calls = new HostCalls(trace, process, periods);
    var waits = new WaitsInRanges(trace, process, periods);
    var gpu = new GpuTimeline(trace, process, periods);
    var preparation = new HostPreparation(trace, process, periods, gpu);
    var operations = new HostOperations(trace, periods, gpu, window.thread(), ranges);
    var sweep = new RangeSweep(trace, process, periods, gpu);
    sweep.run(operations::add);
    List<HostOperation> list = operations.list();
    List<IdleGap> largestGaps =
        new LargestGaps(trace, process, periods, gpu.longestIdle()).list(operations);
    Idle idle = dividing.join();
    var phases =
        new PhaseJudge(periods, gpu, calls, preparation, idle.parts(), thresholds).phases();
    var report =
        new ProcessReport(
            process,
            trace.source().file().getFileName().toString(),
            trace.source().rank().or(() -> RankInName.of(trace.source().file())),
            phases.verdict(),
            trace.source().origin(),
            gpu.devices(),
            StepKinds.of(window.source(), periods),
            phases);
    Optional<Long> replays = calls.areRecorded() ? Optional.of(calls.replays()) : Optional.empty();
    return new ProcessAnalysis(
        report,
        new Gpu(
            gpu.gaps(),
            largestGaps,
            gpu.graphs().coverage(process, replays),
            gpu.kernelsPerStep(),
            calls.replays() > 0 && !gpu.graphs().hasTimedGraphWork()),
        new Host(
            list,
            idle.causes()
                .list(periods.count(), gpu.idle(periods.from(), periods.to()), operations::name),
            calls.waits(operations.layers(), waits.list(operations::name)),
            operations.garbageCollection()),
        new PictureData(periods, gpu).picture(report, list, operations, largestGaps, sweep),
        StepData.of(periods, gpu));
  }

  /// The idle time, divided by what it is and by where the host was.
  private record Idle(IdleParts parts, IdleCauses causes) {
    static Idle of(Trace trace, long process, Window window) {
      var causes = new IdleCauses(trace);
      var parts = new IdleParts(trace, process, window, causes);
      IdleStretches.find(trace, process, window.periods(), parts::take);
      return new Idle(parts, causes);
    }
  }

  /// @param thread number of the thread that runs the steps, or launches most; -1 without one
  public record Window(Periods periods, int thread, StepSource source) {}
}
