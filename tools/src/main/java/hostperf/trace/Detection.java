package hostperf.trace;

import java.util.List;
import java.util.Optional;

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

  /// What is shown of one process; its series are thinned to what a chart can show.
  ///
  /// @param steps one entry a shown step
  /// @param operations the stacked host operations
  record Picture(
      ProcessReport process,
      List<StepPoint> steps,
      List<Stack> operations,
      List<GapBucket> gaps,
      List<HostOperation> hostOperations,
      List<IdleGap> largestGaps) {
    public Picture {
      steps = List.copyOf(steps);
      operations = List.copyOf(operations);
      gaps = List.copyOf(gaps);
      hostOperations = List.copyOf(hostOperations);
      largestGaps = List.copyOf(largestGaps);
    }
  }

  /// @param step its number in the trace; absent without steps
  record StepPoint(Optional<Long> step, double wallUs, double activeUs, boolean context) {}

  /// One host operation over the shown steps, nested operations left out.
  record Stack(String name, List<Double> exposedUs, List<Double> hiddenUs) {
    public Stack {
      exposedUs = List.copyOf(exposedUs);
      hiddenUs = List.copyOf(hiddenUs);
    }
  }
}
