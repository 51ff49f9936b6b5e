package hostperf.trace.steps;

import hostperf.trace.read.Trace;
import hostperf.trace.steps.StepSource.How;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the steps of a process in what its devices did, for traces whose ranges name none.
///
/// An engine has to bring the sampled tokens to the host in every step, so a copy to the host ends
/// one. Engines that bring them request by request have many copies a step: what lies between two
/// of those does little, and belongs to the step before. Without copies, steps begin where a set of
/// kernels recurs that runs once in each.
public final class FoundSteps {
  /// Fewer do not show a period.
  private static final int FEWEST = 3;

  /// A stretch with less than this part of the usual variety of kernels is no pass through a model.
  private static final int LITTLE = 3;

  /// A step is not made of more parts than this, each with a read-back of its own.
  private static final int MOST_PARTS = 8;

  /// No step takes so many times as long as the longest behind it.
  private static final int MOST_TIMES = 5;

  /// Prompt passes take at least so many times the device time of the steps that generate.
  private static final double LONGER = 1.5;

  /// @param end when the last step ends
  public record Found(List<Step> steps, long end, How how) {
    public Found {
      steps = List.copyOf(steps);
    }
  }

  private final Trace trace;
  private final long process;

  private FoundSteps(Trace trace, long process) {
    this.trace = trace;
    this.process = process;
  }

  public static Optional<Found> of(Trace trace, long process) {
    var search = new FoundSteps(trace, process);
    Optional<Found> byReadBacks = search.found(search.byReadBacks(), How.READ_BACKS);
    return byReadBacks.isPresent()
        ? byReadBacks
        : search.found(parts(new RecurringKernels(trace, process).segments()), How.KERNELS);
  }

  private Optional<Found> found(List<Segment> candidates, How how) {
    List<Segment> segments = withoutStartUp(candidates);
    if (segments.size() < FEWEST) {
      return Optional.empty();
    }
    var phases = phases(segments);
    var labels = labels(segments, phases);
    var steps = new ArrayList<Step>();
    for (int i = 0; i < segments.size(); i++) {
      steps.add(new Step(i, phases.get(i), MakeUp.named(labels.get(i)), segments.get(i).start()));
    }
    return Optional.of(new Found(steps, segments.getLast().end(), how));
  }

  private List<Segment> byReadBacks() {
    var segments = new ArrayList<Segment>();
    var open = new Segment[1];
    DeviceWork.forEach(
        trace,
        process,
        piece -> {
          if (open[0] == null) {
            open[0] = new Segment(segments.isEmpty() ? piece.start() : segments.getLast().end());
          }
          open[0].add(piece);
          if (piece.isReadBack()) {
            open[0].endsAt(piece.end());
            segments.add(open[0]);
            open[0] = null;
          }
        });
    return parts(withoutLittle(segments));
  }

  /// Joins what does little to the step before it.
  private static List<Segment> withoutLittle(List<Segment> segments) {
    int usual = usualVariety(segments);
    var steps = new ArrayList<Segment>();
    for (Segment segment : segments) {
      boolean isLittle =
          segment.kernels() == 0 || (!segment.hasGraph() && segment.variety() * LITTLE <= usual);
      if (isLittle && !steps.isEmpty()) {
        steps.getLast().join(segment);
      } else if (!isLittle) {
        steps.add(segment);
      }
    }
    return steps;
  }

  /// The variety of the segments in which the devices spend their time.
  private static int usualVariety(List<Segment> segments) {
    var byVariety = segments.stream().sorted(Comparator.comparingInt(Segment::variety)).toList();
    long half = segments.stream().mapToLong(Segment::busy).sum() / 2;
    long sum = 0;
    for (Segment segment : byVariety) {
      sum += segment.busy();
      if (sum > half) {
        return segment.variety();
      }
    }
    return 0;
  }

  /// Where different parts follow each other in turn, all of them together are a step.
  private static List<Segment> parts(List<Segment> segments) {
    for (int count = 2; count <= MOST_PARTS && segments.size() >= FEWEST * count; count++) {
      if (isInTurn(segments, count)) {
        var steps = new ArrayList<Segment>();
        for (int i = 0; i < segments.size(); i++) {
          if (i % count == 0) {
            steps.add(segments.get(i));
          } else {
            steps.getLast().join(segments.get(i));
          }
        }
        return steps;
      }
    }
    return segments;
  }

  private static boolean isInTurn(List<Segment> segments, int count) {
    long fits = 0;
    for (int i = count; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean recurs = segment.isPartLike(segments.get(i - count));
      boolean differs = segments.subList(i - count + 1, i).stream().noneMatch(segment::isPartLike);
      fits += recurs && differs ? 1 : 0;
    }
    return fits * 10 >= (segments.size() - count) * 9L;
  }

  /// Loading and capturing before the first steps is none of them.
  private static List<Segment> withoutStartUp(List<Segment> segments) {
    int first = 0;
    while (segments.size() - first > FEWEST
        && segments.get(first).length() > MOST_TIMES * longest(segments, first + 1)) {
      first++;
    }
    return segments.subList(first, segments.size());
  }

  private static long longest(List<Segment> segments, int from) {
    return segments.stream().skip(from).mapToLong(Segment::length).max().orElse(0);
  }

  /// Where some steps replay graphs, those generate. Where none does, those that take clearly less
  /// time on the device than a minority of others. Else the trace does not tell.
  private static List<Step.Phase> phases(List<Segment> segments) {
    long graphed = segments.stream().filter(Segment::hasGraph).count();
    if (graphed > 0 && graphed < segments.size()) {
      return segments.stream()
          .map(s -> s.hasGraph() ? Step.Phase.GENERATION : Step.Phase.CONTEXT)
          .toList();
    }
    if (graphed == segments.size()) {
      return segments.stream().map(_ -> Step.Phase.GENERATION).toList();
    }
    long limit = limit(segments.stream().mapToLong(Segment::busy).sorted().toArray());
    return segments.stream()
        .map(
            s ->
                limit == 0
                    ? Step.Phase.UNKNOWN
                    : s.busy() < limit ? Step.Phase.GENERATION : Step.Phase.CONTEXT)
        .toList();
  }

  /// The device time from which on a step is a prompt pass; 0 where nothing parts the steps.
  private static long limit(long[] busy) {
    long limit = 0;
    double widest = LONGER;
    for (int i = busy.length / 2; i < busy.length - 1; i++) {
      double ratio = busy[i] == 0 ? 0 : (double) busy[i + 1] / busy[i];
      if (ratio > widest) {
        widest = ratio;
        limit = busy[i + 1];
      }
    }
    return limit;
  }

  /// Steps with the same kernels as often have the same make-up.
  private static List<String> labels(List<Segment> segments, List<Step.Phase> phases) {
    record Kind(Step.Phase phase, java.util.BitSet names, int kernels) {}
    Map<Kind, Integer> kernels = new HashMap<>();
    var labels = new ArrayList<String>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      // Sampling differs by a kernel or two from step to step.
      var kind = new Kind(phases.get(i), segment.names(), segment.kernels() / 8);
      int usual = kernels.computeIfAbsent(kind, _ -> segment.kernels());
      labels.add(
          "%s, %s, %d kernels"
              .formatted(word(phases.get(i)), segment.hasGraph() ? "graph" : "eager", usual));
    }
    return labels;
  }

  private static String word(Step.Phase phase) {
    return switch (phase) {
      case CONTEXT -> "prefill";
      case GENERATION -> "decode";
      case NO_WORK -> "no work";
      case UNKNOWN -> "step";
    };
  }
}
