package hostperf.report.run;

import hostperf.measure.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How the figures of a run came about: only what was done in it.
record RunReportMethod(RunStory story) {
  /// Less is lost in noise.
  private static final double SLOWER = 1.05;

  List<String> sentences() {
    var sentences = new ArrayList<String>();
    if (comparisons().anyMatch(c -> !c.isSwap() && !c.samples().isEmpty())) {
      sentences.add(
          "By launches: each sample is one fresh, unprofiled launch; base and candidate alternate"
              + " (ABBA).");
    }
    if (comparisons().anyMatch(JudgedChange::isSwap)) {
      sentences.add(
          "By swap: each launch held both versions, which took turns in blocks of steps; the"
              + " figure is the root's time per step.");
    }
    if (!sentences.isEmpty()) {
      sentences.add(
          "The number of pairs, and of those added where these leave it open, was fixed before the"
              + " first. Estimates are Hodges–Lehmann over log-ratios; \"before\" is the"
              + " base's median, \"after\" that with the change applied. Intervals are exact, by"
              + " exchanges within four neighbouring launches or by signed ranks of blocks.");
    }
    sentences.add(launches());
    story
        .end()
        .setting()
        .distortion()
        .filter(factor -> factor >= SLOWER)
        .ifPresent(
            factor ->
                sentences.add(
                    "The line profiler made the work %s times as long in the latest profile."
                        .formatted(RunReportFigures.times(factor))));
    return sentences;
  }

  private String launches() {
    var all = comparisons().flatMap(c -> c.samples().stream()).toList();
    long warm = all.stream().filter(s -> s.slot().pair() == Slot.WARM_UP).count();
    long dropped =
        all.stream().filter(s -> s.slot().pair() != Slot.WARM_UP && !s.isTaken()).count();
    return all.isEmpty()
        ? "No launches were compared."
        : "%s for these verdicts, of which %d warmed up%s; those of profiles, and of the noise between equal launches, come on top."
            .formatted(
                RunReportFigures.count(all.size(), "launch", "launches"),
                warm,
                dropped == 0 ? "" : " and %d did not count".formatted(dropped));
  }

  private Stream<JudgedChange> comparisons() {
    return Stream.concat(
        story.rounds().stream().flatMap(r -> RunReportWords.judged(r).stream()),
        story.end().overall().stream());
  }
}
