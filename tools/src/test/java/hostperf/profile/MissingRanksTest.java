package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.profile.MissingRanks.Seen;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissingRanksTest {
  @Test
  void namesTheRanksThatLeftNothing() {
    assertThat(
            MissingRanks.remarks(
                List.of(new Seen("0", 4), new Seen("2", 4), new Seen("2", 4)), Pass.SAMPLES))
        .singleElement()
        .asString()
        .startsWith("Of 4 ranks, 2 left no samples: ranks 1, 3.");
  }

  @Test
  void saysNothingWhereAllAreThereOrNoneIsNumbered() {
    assertThat(MissingRanks.remarks(List.of(new Seen("0", 2), new Seen("1", 2)), Pass.FACTS))
        .isEmpty();
    assertThat(MissingRanks.remarks(List.of(new Seen("", 0)), Pass.FACTS)).isEmpty();
    assertThat(MissingRanks.remarks(List.of(), Pass.FACTS)).isEmpty();
  }

  @Test
  void namesTheFirstOfMany() {
    var seen = IntStream.range(0, 3).mapToObj(i -> new Seen("" + i, 512)).toList();
    assertThat(MissingRanks.remarks(seen, Pass.LINES))
        .singleElement()
        .asString()
        .startsWith("Of 512 ranks, 509 left no lines: ranks 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ….");
  }
}
