package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.classify.Marked;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What only the hits of a profile tell; the same text with other hits is another case.
class ProfileSignalsTest {
  private static final String GUARDED =
      """
      def step(batch):
          names = describe(batch)
          if batch.is_traced:
              emit(names)
          return batch
      """;

  /// The hotspot at a line that costs 20 µs a hit, where all others cost 0.2 µs.
  private static Hotspot at(int hot, String text, Map<Integer, Long> hits) {
    var file = PythonFile.of("case.py", text);
    var lines = new ArrayList<LineCost>();
    for (int line = 1; line <= file.lineCount(); line++) {
      long n = hits.getOrDefault(line, 0L);
      lines.add(new LineCost(line, n, n * (line == hot ? 20e-6 : 0.2e-6), file.line(line)));
    }
    double total = lines.stream().mapToDouble(LineCost::seconds).sum();
    var profile = new LineProfile(List.of(new FunctionProfile("step", "case.py", 1, total, lines)));
    return new Classifier(Marked.HEADS)
        .hotspots(profile, Sources.of(file), Marked.target("generic"), 10).stream()
            .filter(h -> h.place().line() == hot)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void aValueReadOnlyWhereNothingRanIsDeadWork() {
    var value = at(2, GUARDED, Map.of(2, 100L, 3, 100L, 5, 100L));
    assertThat(value.type()).contains(HotspotType.DEAD_WORK);
    assertThat(value.reasons().getFirst()).contains("line 4", "never ran", "100 hits");
  }

  @Test
  void aTestThatNeverOpensItsBodyMayBeDeadWork() {
    var test = at(3, GUARDED, Map.of(2, 100L, 3, 100L, 5, 100L));
    assertThat(test.types()).contains(HotspotType.DEAD_WORK);
    assertThat(test.reasons()).contains("The test was never true, 100 times");
    assertThat(at(3, GUARDED, Map.of(2, 100L, 3, 100L, 4, 7L, 5, 100L)).type())
        .isNotEqualTo(Optional.of(HotspotType.DEAD_WORK));
  }

  @Test
  void aBodyThatRanSometimesSaysNothingOfTheProfile() {
    var value = at(2, GUARDED, Map.of(2, 100L, 3, 100L, 4, 7L, 5, 100L));
    assertThat(value.reasons()).noneMatch(e -> e.contains("never ran"));
  }
}
