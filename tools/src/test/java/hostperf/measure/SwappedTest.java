package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.verdict.Family;
import hostperf.verdict.Rule;
import hostperf.verdict.Side;
import hostperf.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Launches that held both versions, made up: block `i` does an amount of work of its own, which
/// both launches of a pair repeat.
class SwappedTest {
  private final Random random = new Random(3);

  private Question question(double minEffect) {
    var plan = Tier.QUICK.swapped(false);
    var rule = new Rule(minEffect, 0, plan.alpha(1), Family.ALONE);
    return new Question(List.of(Swapped.STEP), rule, plan, Duration.ofHours(1), Units.BLOCKS);
  }

  private List<Sample> couples(int count, double gain, double noise) {
    var samples = new ArrayList<Sample>();
    for (int couple = 1; couple <= count; couple++) {
      double[] work = random.doubles(60, 1, 10).toArray();
      for (var side : List.of(Side.BASE, Side.CANDIDATE)) {
        samples.add(sample(new Slot(couple, 1, side), work, gain, noise));
      }
    }
    return samples;
  }

  private Sample sample(Slot slot, double[] work, double gain, double noise) {
    boolean isMirrored = slot.side() == Side.CANDIDATE;
    double launch = Math.exp(0.2 * random.nextGaussian());
    var blocks = new ArrayList<Swapped.Blocks>();
    for (int pair = 1; pair < work.length / 2; pair++) {
      boolean isFloor = pair % 4 == 0;
      boolean baseFirst = (pair % 2 == 0) != isMirrored;
      double first = work[2 * pair] * launch * Math.exp(noise * random.nextGaussian());
      double second = work[2 * pair + 1] * launch * Math.exp(noise * random.nextGaussian());
      double base = baseFirst ? first : second;
      double other = (baseFirst ? second : first) * (isFloor ? 1 : 1 - gain);
      blocks.add(new Swapped.Blocks(0, pair, isFloor, base, other));
    }
    var launched =
        new Launched(
                Optional.empty(),
                Map.of(),
                Surroundings.UNKNOWN,
                Optional.empty(),
                Instant.EPOCH,
                10)
            .with(new Swapped(blocks, 600, 0, 9));
    return new Sample(slot, launched, "c0de", Optional.empty());
  }

  @Test
  void aMirroredLaunchTakesOutWhatDiffersFromBlockToBlock() {
    var pairs = question(0.01).pairs(couples(1, 0.05, 0.001));
    assertThat(pairs).hasSize(22);
    assertThat(pairs)
        .allSatisfy(p -> assertThat(p.candidate() / p.base()).isCloseTo(0.95, within(0.01)));
  }

  @Test
  void aLargeGainShowsInTheFirstTwoLaunches() {
    var looks = question(0.01).looks(couples(1, 0.05, 0.01));
    assertThat(looks)
        .singleElement()
        .satisfies(j -> assertThat(j.verdict()).isEqualTo(Verdict.IMPROVED));
  }

  @Test
  void whatTheBaseItselfPretendsToIsTheFloor() {
    var samples = couples(3, 0, 0.05);
    assertThat(question(0.01).floor(samples)).isPositive();
    assertThat(question(0.01).looks(samples).getLast().verdict())
        .isIn(Verdict.INCONCLUSIVE, Verdict.UNCHANGED);
  }

  @Test
  void ofNoChangeNothingIsAccepted() {
    int accepted = 0;
    for (int experiment = 0; experiment < 200; experiment++) {
      var verdict = question(0.001).looks(couples(3, 0, 0.04)).getLast().verdict();
      accepted += verdict == Verdict.IMPROVED || verdict == Verdict.REGRESSED ? 1 : 0;
    }
    assertThat(accepted).isLessThanOrEqualTo(8);
  }

  @Test
  void anOpenMeasurementGoesOnOnlyWhereThatCanSettleIt() {
    assertThat(question(0.01).isOpen(couples(3, 0.004, 0.08))).isTrue();
    var noGain = couples(3, -0.012, 0.004);
    assertThat(question(0.02).isOpen(noGain)).isFalse();
  }
}
