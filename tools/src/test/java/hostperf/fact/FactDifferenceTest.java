package hostperf.fact;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.fact.LineFact.Kind;
import hostperf.fact.LineFact.Place;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A hundred steps of 10 ms in each process.
class FactDifferenceTest {
  private static final Place BARRIER = new Place("/e/engine.py", 44, "Engine.step");

  private static ProcessFacts process(int rank, LineFact... facts) {
    return new ProcessFacts(
        1000 + rank,
        String.valueOf(rank),
        new Facts(Counted.in(100, 1), List.of(facts), List.of(), List.of(), Map.of()));
  }

  private static LineFact fact(Kind kind, Place at, String detail, long count, double seconds) {
    return new LineFact(kind, at, detail, count, seconds, 0);
  }

  private static LineFact wait(double seconds) {
    return fact(Kind.WAIT, BARRIER, "Event.wait", 100, seconds);
  }

  private static List<String> said(List<ProcessFacts> processes) {
    return FactDifference.of(processes).stream()
        .map(d -> d.rank() + ": " + FactText.of(d))
        .toList();
  }

  @Test
  void namesTheRankThatWaitsLeast() {
    assertThat(said(List.of(process(0, wait(0.5)), process(1, wait(0.48)), process(2, wait(0.01)))))
        .containsExactly("2: Event.wait takes 100 µs a step; the median process, 4.80 ms");
  }

  @Test
  void namesTheRankThatReadsBackMoreOften() {
    var read = fact(Kind.READ_BACK, BARRIER, "", 100, 0);
    var more = fact(Kind.READ_BACK, BARRIER, "", 300, 0);
    assertThat(said(List.of(process(0, read), process(1, more), process(2, read))))
        .containsExactly(
            "1: reads values of the device on the host 3 times a step; the median process, 1");
  }

  @Test
  void addsCollectionsUpOverTheLinesThatTheyFellOn() {
    var here = fact(Kind.GC_PAUSE, BARRIER, "generation 2", 1, 0.03);
    var there = fact(Kind.GC_PAUSE, new Place("/e/other.py", 3, "f"), "generation 2", 1, 0.05);
    assertThat(said(List.of(process(0), process(1, here, there), process(2))))
        .containsExactly(
            "1: garbage collection of generation 2 takes 800 µs a step; the median process, 0 µs");
  }

  @Test
  void saysNothingOfWhatIsEqualOrSmallOrAlone() {
    assertThat(said(List.of(process(0, wait(0.5)), process(1, wait(0.51))))).isEmpty();
    assertThat(said(List.of(process(0, wait(0.5))))).isEmpty();
    var once = fact(Kind.READ_BACK, BARRIER, "", 20, 0);
    assertThat(said(List.of(process(0, once), process(1)))).isEmpty();
  }

  @Test
  void comparesHundredsOfRanks() {
    var ranks = IntStream.range(0, 512).mapToObj(i -> process(i, wait(i == 99 ? 0 : 0.5))).toList();
    assertThat(FactDifference.of(ranks)).extracting(FactDifference::rank).containsExactly("99");
  }
}
