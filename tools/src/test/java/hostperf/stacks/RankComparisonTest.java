package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankComparisonTest {
  private static final Frame WORK = new Frame("step", "engine.py", 10);
  private static final Frame BARRIER = new Frame("wait", "engine.py", 20);

  private static Shares shares(double work, double barrier) {
    return Shares.of(List.of(new Stack(List.of(WORK), work), new Stack(List.of(BARRIER), barrier)));
  }

  @Test
  void namesTheRankThatTheOthersWaitForAndItsLine() {
    var found =
        RankComparison.of(
                Map.of(
                    10L, shares(4, 6), 11L, shares(4.1, 5.9), 12L, shares(9, 1), 13L, shares(4, 6)),
                0)
            .differences();
    assertThat(found).containsExactly(new RankDifference(12, WORK, 0.9, 0.4));
  }

  @Test
  void comparesTimesAndNotSharesWhereRanksDoNotWaitForEachOther() {
    var found =
        RankComparison.of(Map.of(1L, shares(4, 6), 2L, shares(4, 6), 3L, shares(8, 12)), 0)
            .differences();
    assertThat(found).extracting(RankDifference::process).containsExactly(3L);
  }

  @Test
  void saysOfTwoRanksWhereEachIsLonger() {
    var found = RankComparison.of(Map.of(1L, shares(9, 1), 2L, shares(4, 6)), 0).differences();
    assertThat(found)
        .extracting(RankDifference::process, RankDifference::line)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(1L, WORK),
            org.assertj.core.groups.Tuple.tuple(2L, BARRIER));
  }

  @Test
  void saysNothingOfEqualRanks() {
    assertThat(RankComparison.of(Map.of(1L, shares(5, 5), 2L, shares(5.1, 4.9)), 0).differences())
        .isEmpty();
    assertThat(RankComparison.of(Map.of(1L, shares(5, 5)), 0).differences()).isEmpty();
    assertThat(RankComparison.of(Map.of(), 0).differences()).isEmpty();
  }

  @Test
  void readsHundredsOfRanks() {
    var ranks = new TreeMap<Long, Shares>();
    IntStream.range(0, 512).forEach(i -> ranks.put((long) i, shares(i == 99 ? 8 : 4, 6)));
    assertThat(RankComparison.of(ranks, 0).differences())
        .extracting(RankDifference::process)
        .containsExactly(99L);
  }

  @Test
  void namesTheProcessThatIsNearestToTheMedians() {
    var ranks =
        Map.of(10L, shares(3, 7), 11L, shares(4, 6), 12L, shares(9, 1), 13L, shares(4.5, 5.5));
    assertThat(RankComparison.of(ranks, 0).typical()).hasValue(11);
    assertThat(RankComparison.of(Map.of(1L, shares(9, 1), 2L, shares(4, 6)), 0).typical())
        .isEmpty();
  }

  @Test
  void takesWhatFewSamplesDifferByForChance() {
    var ranks = Map.of(1L, shares(4, 6), 2L, shares(6, 4), 3L, shares(4, 6), 4L, shares(4, 6));
    assertThat(RankComparison.of(ranks, 3).differences()).isEmpty();
    assertThat(RankComparison.of(ranks, 100).differences())
        .extracting(RankDifference::process)
        .containsExactly(2L);
  }
}
