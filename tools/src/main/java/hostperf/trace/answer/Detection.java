package hostperf.trace.answer;

import hostperf.trace.analyse.GapBucket;
import hostperf.trace.analyse.GarbageCollection;
import hostperf.trace.analyse.GraphCoverage;
import hostperf.trace.analyse.HostOperation;
import hostperf.trace.analyse.IdleGap;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.Phases;
import hostperf.trace.analyse.Picture;
import hostperf.trace.analyse.ProcessReport;
import hostperf.trace.analyse.SyncCalls;
import hostperf.trace.analyse.Verdict;
import java.util.List;

/// What `TraceDetector` answers.
public sealed interface Detection {

  /// The trace could be judged.
  ///
  /// @param answer the figures, named as on the wire
  /// @param pictures what the page shows, the worst process first
  /// @param settings what it was judged by
  record Found(Answer answer, List<Picture> pictures, Settings settings) implements Detection {
    public Found {
      pictures = List.copyOf(pictures);
    }
  }

  /// The trace could not be judged.
  ///
  /// @param reason why
  /// @param missing what the trace lacks
  /// @param next what to capture instead, with the exact options
  record CannotTell(String reason, String missing, String next) implements Detection {}

  /// The figures. Where there are several processes, those outside `processes` are the worst
  /// process's: one with YES first, then the one with the largest idle share.
  ///
  /// @param hostPrepConfirmed host preparation's impact and attribution both cross somewhere
  /// @param ncclCaveat collectives take more than their threshold somewhere: part of the idle
  ///     time may be waiting for other ranks
  /// @param noWorkUs idle time during which no request was scheduled
  /// @param notes what a reader has to know before believing the figures
  record Answer(
      Verdict verdict,
      PhaseMetrics aggregateMetrics,
      Phases phases,
      List<ProcessReport> processes,
      int crossedCount,
      int applicableCount,
      boolean hostPrepConfirmed,
      boolean ncclCaveat,
      List<GapBucket> gapBuckets,
      List<IdleGap> largestGaps,
      double noWorkUs,
      List<HostOperation> hostOperations,
      GraphCoverage graphCoverage,
      SyncCalls syncCalls,
      GarbageCollection garbageCollection,
      List<Straggler> stragglers,
      OptimizationHandoff optimizationHandoff,
      List<String> notes) {
    public Answer {
      processes = List.copyOf(processes);
      gapBuckets = List.copyOf(gapBuckets);
      largestGaps = List.copyOf(largestGaps);
      hostOperations = List.copyOf(hostOperations);
      stragglers = List.copyOf(stragglers);
      notes = List.copyOf(notes);
    }
  }
}
