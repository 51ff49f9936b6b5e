package hostperf.verdict;

import static hostperf.verdict.Verdict.IMPROVED;
import static hostperf.verdict.Verdict.INCONCLUSIVE;
import static hostperf.verdict.Verdict.REGRESSED;
import static hostperf.verdict.Verdict.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.metric.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How often the rule is right on simulated machines, 400 experiments each, seeded.
class VerdictsHoldTest {
  private static final Rule ONE_PERCENT = Rule.of(0.01);

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.01, 0.02, 0.05, 0.15})
  void acceptsNothingWhereNothingChanged(double cv) {
    var same = Simulated.noisy(0, cv);
    assertThat(same.share(IMPROVED, ONE_PERCENT, 10)).isLessThanOrEqualTo(0.05);
    assertThat(same.share(REGRESSED, ONE_PERCENT, 10)).isLessThanOrEqualTo(0.05);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0.1})
  void aDriftOverTheRunIsNoChange(double drift) {
    var noise = new Random(5);
    var drifting =
        new Simulated(
            0, launch -> (1 + drift * launch / 20) * Math.exp(0.01 * noise.nextGaussian()));
    assertThat(drifting.share(IMPROVED, ONE_PERCENT, 10)).isLessThanOrEqualTo(0.05);
    assertThat(drifting.share(REGRESSED, ONE_PERCENT, 10)).isLessThanOrEqualTo(0.05);
  }

  @Test
  void launchesInTwoModesAreNoChange() {
    var noise = new Random(5);
    var modes =
        new Simulated(
            0, _ -> (noise.nextDouble() < 0.3 ? 0.97 : 1) * Math.exp(0.005 * noise.nextGaussian()));
    assertThat(modes.share(IMPROVED, ONE_PERCENT, 10)).isLessThanOrEqualTo(0.05);
  }

  /// At the part of the error that the first of several looks has.
  @Test
  void tenPairsFindTwoPercentAtOnePercentNoise() {
    var first = ONE_PERCENT.at(new Plan(1, 10, 10).alpha(1), 0);
    assertThat(Simulated.noisy(0.02, 0.01).share(IMPROVED, first, 10)).isGreaterThanOrEqualTo(0.95);
    assertThat(Simulated.noisy(1 / 1.02 - 1, 0.01).share(REGRESSED, first, 10))
        .isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void threePairsNeverDecide() {
    assertThat(Simulated.noisy(0.5, 0.0001).share(INCONCLUSIVE, ONE_PERCENT, 3)).isEqualTo(1);
  }

  @Test
  void aChangeTooSmallToMatterIsCalledUnchangedOnASteadyMachine() {
    assertThat(Simulated.noisy(0, 0.004).share(UNCHANGED, ONE_PERCENT, 10)).isGreaterThan(0.9);
  }

  @Test
  void aRealGainBelowTheNoiseFloorIsNotAccepted() {
    var rule = new Rule(0.01, 0.03, Rule.ONE_LOOK, Family.ALONE);
    assertThat(Simulated.noisy(0.02, 0.002).share(IMPROVED, rule, 10)).isZero();
  }

  /// The worst case for the error: no effect is asked for, so only the spending rule holds it.
  @Test
  void tenLooksAcceptNothingMoreOftenThanTwoInAHundred() {
    var noise = new Random(5);
    var machines =
        List.of(
            Simulated.noisy(0, 0.02),
            new Simulated(
                0, launch -> (1 + 0.1 * launch / 20) * Math.exp(0.01 * noise.nextGaussian())),
            new Simulated(
                0,
                _ ->
                    (noise.nextDouble() < 0.3 ? 0.97 : 1)
                        * Math.exp(0.005 * noise.nextGaussian())));
    for (var machine : machines) {
      int experiments = 2 * Simulated.EXPERIMENTS;
      int accepted = 0;
      for (int experiment = 0; experiment < experiments; experiment++) {
        accepted += Simulated.looks(Rule.of(0.0001), machine.pairs(80), 8) == IMPROVED ? 1 : 0;
      }
      // Two in a hundred, and what chance adds to it in so many experiments.
      assertThat(accepted / (double) experiments).isLessThanOrEqualTo(0.03);
    }
  }

  @Test
  void aGainTooSmallForTheFirstLookIsFoundByLaterOnes() {
    var machine = Simulated.noisy(0.02, 0.02);
    int found = 0;
    int first = 0;
    for (int experiment = 0; experiment < Simulated.EXPERIMENTS; experiment++) {
      var pairs = machine.pairs(80);
      first += Simulated.looks(ONE_PERCENT, pairs.subList(0, 8), 8) == IMPROVED ? 1 : 0;
      found += Simulated.looks(ONE_PERCENT, pairs, 8) == IMPROVED ? 1 : 0;
    }
    assertThat(first / (double) Simulated.EXPERIMENTS).isLessThan(0.5);
    assertThat(found / (double) Simulated.EXPERIMENTS).isGreaterThan(0.9);
  }

  /// Uncorrected, four tries would be accepted with 10%.
  @Test
  void fourTriesAtOneHotspotAreAcceptedAboutAsSeldomAsOneShouldBe() {
    var same = Simulated.noisy(0, 0.02);
    int experiments = 5 * Simulated.EXPERIMENTS;
    int accepted = 0;
    for (int experiment = 0; experiment < experiments; experiment++) {
      accepted += anyOfFour(same) ? 1 : 0;
    }
    // 5.2%, and what chance adds to it in so many experiments.
    assertThat(accepted / (double) experiments).isLessThanOrEqualTo(0.062);
  }

  private static boolean anyOfFour(Simulated machine) {
    List<Double> earlier = new ArrayList<>();
    boolean any = false;
    for (int attempt = 0; attempt < 4; attempt++) {
      var rule = new Rule(Rule.DEFAULT_MIN_EFFECT, 0, Rule.ONE_LOOK, new Family(earlier));
      List<Pair> pairs = machine.pairs(8);
      any |= verdict(rule, pairs) == IMPROVED;
      earlier.add(Shift.ofLaunches(Better.HIGHER, pairs).p());
    }
    return any;
  }

  @Test
  void theFurtherPairsToldSettleItMostOfTheTime() {
    var machine = Simulated.noisy(0.03, 0.02);
    int told = 0;
    int settled = 0;
    for (int experiment = 0; experiment < Simulated.EXPERIMENTS; experiment++) {
      var judged =
          ONE_PERCENT.judge(Shift.ofLaunches(Better.HIGHER, machine.pairs(6)), ONE_PERCENT);
      if (judged.verdict() == INCONCLUSIVE
          && judged.estimate() > 0.02
          && judged.estimate() < 0.04) {
        told++;
        int all = 6 + judged.furtherPairs();
        settled += verdict(ONE_PERCENT, machine.pairs(all)) == INCONCLUSIVE ? 0 : 1;
      }
    }
    assertThat(settled / (double) told).isBetween(0.6, 1.0);
  }

  private static Verdict verdict(Rule rule, List<Pair> pairs) {
    return Simulated.verdict(rule, pairs);
  }
}
