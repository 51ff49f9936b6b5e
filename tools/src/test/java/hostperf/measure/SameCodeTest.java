package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.verdict.Side;
import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SameCodeTest {
  /// The stray of base launches, of which the candidate's are free, spans 0.5% at most.
  @Test
  void theSameCodeIsComparedWithItselfWhateverThePatchGains() {
    for (double gain : List.of(1.0, 1.75)) {
      var same =
          SameCode.of(SyntheticSamples.question(), SyntheticSamples.pairs(gain, 1)).orElseThrow();
      assertThat(same.size()).isLessThan(0.002);
      assertThat(same.bound()).isBetween(0.001, 0.007);
      assertThat(same.noise().perPair()).isBetween(0.001, 0.006);
    }
  }

  /// Base launches of 100 and 103 follow each other; candidates stay at 150.
  @Test
  void aVersionFollowsItselfFromOnePairToTheNext() {
    var samples =
        SyntheticSamples.pairs(1, 1).stream()
            .map(
                s -> {
                  boolean isBase = s.slot().side() == Side.BASE;
                  double value = !isBase ? 150 : s.slot().pair() == 3 ? 103 : 100;
                  return new Sample(s.slot(), metric(s.launched(), value), s.code(), s.voided());
                })
            .toList();
    var same = SameCode.of(SyntheticSamples.question(), samples).orElseThrow();
    assertThat(same.size()).isZero();
    assertThat(same.bound()).isBetween(0.01, 0.03);
    assertThat(same.noise().perPair()).isCloseTo(Math.log(1.03) / Math.sqrt(7), within(1e-9));
  }

  @Test
  void sixPairsHaveTooFewNeighbours() {
    var samples = SyntheticSamples.pairs(1, 1);
    assertThat(SameCode.of(SyntheticSamples.question(), samples.subList(0, 14))).isPresent();
    assertThat(SameCode.of(SyntheticSamples.question(), samples.subList(0, 12))).isEmpty();
  }

  /// A pure chance gain is accepted no more often than without a floor, since one only takes back;
  /// and of gains that end here, the same code seldom shows one as large.
  @Test
  void aGainBeyondTheBoundIsSeldomWhatTheSameCodeShows() {
    var noise = new Random(5);
    int beyond = 0;
    int experiments = 2000;
    for (int experiment = 0; experiment < experiments; experiment++) {
      var samples =
          SyntheticSamples.pairs(1, 1).stream()
              .map(
                  s -> {
                    double value = 100 * Math.exp(0.02 * noise.nextGaussian());
                    return new Sample(s.slot(), metric(s.launched(), value), s.code(), s.voided());
                  })
              .toList();
      var question = SyntheticSamples.question();
      var judged = question.looks(samples).getLast();
      double bound = SameCode.of(question, samples).orElseThrow().bound();
      beyond += judged.verdict() == Verdict.IMPROVED && judged.estimate() > bound ? 1 : 0;
    }
    assertThat(beyond / (double) experiments).isLessThanOrEqualTo(0.02);
  }

  private static Launched metric(Launched l, double throughput) {
    return new Launched(
        l.failure(),
        Map.of("throughput", throughput),
        l.surroundings(),
        l.output(),
        l.at(),
        l.seconds());
  }
}
