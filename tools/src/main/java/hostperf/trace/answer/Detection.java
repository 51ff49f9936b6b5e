package hostperf.trace.answer;

import hostperf.Flat;
import hostperf.trace.analyse.GarbageCollection;
import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.HostOperation;
import hostperf.trace.analyse.IdleCause;
import hostperf.trace.analyse.IdleGap;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.Phases;
import hostperf.trace.analyse.Picture;
import hostperf.trace.analyse.ProcessReport;
import hostperf.trace.analyse.SyncCalls;
import hostperf.trace.steps.StepKinds;
import hostperf.trace.timeline.GapBucket;
import hostperf.trace.timeline.GraphCoverage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /// The figures; on the wire those of `judged`, `device` and `host` stand side by side. Where
  /// there are several processes, those outside `processes` are the worst process's: one with YES
  /// first, then the one with the largest idle share.
  ///
  /// @param settingsFirst settings of the engine to look at before code
  /// @param notes what a reader has to know before believing the figures
  record Answer(
      @Flat Judged judged,
      @Flat Device device,
      @Flat Host host,
      List<SettingFirst> settingsFirst,
      OptimizationHandoff optimizationHandoff,
      List<String> notes) {
    public Answer {
      settingsFirst = List.copyOf(settingsFirst);
      notes = List.copyOf(notes);
    }

    public HostBoundVerdict verdict() {
      return judged.verdict();
    }

    public PhaseMetrics aggregateMetrics() {
      return judged.aggregateMetrics();
    }

    public Phases phases() {
      return judged.phases();
    }

    public List<ProcessReport> processes() {
      return judged.processes();
    }

    /// The same with what more is known of where the host was.
    public Answer with(List<IdleCause> causes, List<String> remarks) {
      return new Answer(
          judged,
          device,
          new Host(host.hostOperations(), causes, host.syncCalls(), host.garbageCollection()),
          settingsFirst,
          optimizationHandoff.startingAt(causes),
          Stream.concat(notes.stream(), remarks.stream()).toList());
    }

    /// The same with fewer rows.
    public Answer shortened(int processes, int gaps, int operations) {
      return new Answer(
          judged.first(processes),
          device.first(gaps),
          host.first(operations),
          first(settingsFirst, operations),
          optimizationHandoff,
          notes);
    }
  }

  /// The shortest form: figures without lists, a few rows of each table.
  static Answer brief(Answer answer) {
    Judged judged = answer.judged();
    Device device = answer.device();
    return new Answer(
        new Judged(
            judged.verdict(),
            judged.aggregateMetrics(),
            judged.phases().brief(),
            first(judged.processes(), BRIEF).stream().map(ProcessReport::brief).toList(),
            judged.crossedCount(),
            judged.applicableCount(),
            judged.hostPrepConfirmed(),
            judged.ncclCaveat(),
            judged.steps()),
        new Device(
            device.gapBuckets().stream()
                .filter(b -> b.count() > 0)
                .sorted(Comparator.comparingDouble(GapBucket::totalUs).reversed())
                .limit(BRIEF)
                .toList(),
            List.of(),
            device.noWorkUs(),
            device.graphCoverage(),
            first(device.stragglers(), 1)),
        answer.host().brief(BRIEF),
        first(answer.settingsFirst(), BRIEF),
        answer.optimizationHandoff().first(BRIEF),
        first(answer.notes(), BRIEF));
  }

  /// Rows of a table in the shortest form.
  int BRIEF = 3;

  /// @param hostPrepConfirmed host preparation's impact and attribution both cross somewhere
  /// @param ncclCaveat collectives take more than their threshold somewhere: part of the idle
  ///     time may be waiting for other ranks
  /// @param steps of the worst process
  record Judged(
      HostBoundVerdict verdict,
      PhaseMetrics aggregateMetrics,
      Phases phases,
      List<ProcessReport> processes,
      int crossedCount,
      int applicableCount,
      boolean hostPrepConfirmed,
      boolean ncclCaveat,
      StepKinds steps) {
    public Judged {
      processes = List.copyOf(processes);
    }

    Judged first(int rows) {
      return new Judged(
          verdict,
          aggregateMetrics,
          phases,
          Detection.first(processes, rows),
          crossedCount,
          applicableCount,
          hostPrepConfirmed,
          ncclCaveat,
          steps);
    }
  }

  /// @param noWorkUs idle time during which no request was scheduled
  record Device(
      List<GapBucket> gapBuckets,
      List<IdleGap> largestGaps,
      double noWorkUs,
      GraphCoverage graphCoverage,
      List<Straggler> stragglers) {
    public Device {
      gapBuckets = List.copyOf(gapBuckets);
      largestGaps = List.copyOf(largestGaps);
      stragglers = List.copyOf(stragglers);
    }

    Device first(int rows) {
      return new Device(
          gapBuckets,
          Detection.first(largestGaps, rows),
          noWorkUs,
          graphCoverage,
          Detection.first(stragglers, rows));
    }
  }

  /// @param idleCauses where the host was while it kept the device waiting
  /// @param syncCalls absent where the trace records no calls
  record Host(
      List<HostOperation> hostOperations,
      List<IdleCause> idleCauses,
      Optional<SyncCalls> syncCalls,
      GarbageCollection garbageCollection) {
    public Host {
      hostOperations = List.copyOf(hostOperations);
      idleCauses = List.copyOf(idleCauses);
    }

    Host brief(int rows) {
      return new Host(
          Detection.first(hostOperations, rows),
          Detection.first(idleCauses, rows),
          syncCalls.map(calls -> calls.first(rows)),
          garbageCollection);
    }

    Host first(int rows) {
      return new Host(
          Detection.first(hostOperations, rows),
          Detection.first(idleCauses, rows),
          syncCalls,
          garbageCollection);
    }
  }

  /// A setting to look at before code.
  ///
  /// @param evidence what the trace shows
  /// @param engine whose setting it is
  record SettingFirst(String evidence, String engine, String setting) {}

  private static <T> List<T> first(List<T> rows, int count) {
    return rows.subList(0, Math.min(count, rows.size()));
  }
}
