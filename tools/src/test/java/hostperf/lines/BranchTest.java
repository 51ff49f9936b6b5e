package hostperf.lines;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchTest {
  private static final String SOURCE =
      """
      def step(requests):
          for r in requests:
              if r.is_done:
                  r.close()
              elif r.is_new:
                  r.open()
              if r.debug:
                  continue
              if r.parts:
                  r.sizes = [len(p) for p in r.parts]
              if r.ready:
                  r.run()
      """;

  @TempDir Path dir;

  private List<String> branches(Map<Integer, Long> hits) throws IOException {
    Files.writeString(dir.resolve("engine.py"), SOURCE);
    var text = SOURCE.lines().toList();
    List<LineCost> lines = new ArrayList<>();
    for (int line = 1; line <= text.size(); line++) {
      lines.add(new LineCost(line, hits.getOrDefault(line, 0L), 0, text.get(line - 1)));
    }
    var profile = new LineProfile(List.of(new FunctionProfile("step", "engine.py", 1, 1, lines)));
    return Branch.of(profile, new Sources(dir)).stream()
        .map(b -> b.place().line() + " " + b.words())
        .toList();
  }

  @Test
  void tellsBranchesThatAlwaysWentTheSameWay() throws IOException {
    assertThat(
            branches(
                Map.of(
                    2, 1_001L, 3, 1_000L, 5, 990L, 6, 990L, 4, 10L, 7, 1_000L, 9, 1_000L, 11,
                    1_000L)))
        .containsExactly(
            "11 this branch was never taken, reached 1,000 times",
            "5 this branch was taken each of the 990 times it was reached");
  }

  /// A jump may have no instruction of its own, and a comprehension is hit by item.
  @Test
  void saysNothingWhereHitsAreNotCertainOrFew() throws IOException {
    assertThat(branches(Map.of(2, 41L, 3, 40L, 7, 900L, 9, 900L, 10, 900L))).isEmpty();
  }
}
