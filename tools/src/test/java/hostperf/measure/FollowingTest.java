package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A gain that the launches themselves do not show waits for a person.
class FollowingTest {
  private static final MeasuredPart MOST = new MeasuredPart(0.8, Optional.of(0.9));

  @Test
  void aGainThatNeitherWallNorProcessorTimeFollowsIsHeld() {
    var validation = validated(1.2, 1, 1, 0.002, Optional.of(MOST));
    assertThat(validation.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(validation.decision()).isEqualTo(Decision.HOLD);
    assertThat(validation.reason())
        .contains("that work is 80.0% of a launch", "a launch should take about 13", "; it took ")
        .containsPattern(
            "and its processor time was [\\d.]+% (more|less) \\([\\d.]+% less at most\\)");
  }

  @Test
  void aGainThatTheWallClockFollowsIsKept() {
    assertThat(validated(1.2, 0.87, 1, 0.002, Optional.of(MOST)).decision())
        .isEqualTo(Decision.KEEP);
  }

  @Test
  void aGainThatTheProcessorTimeFollowsIsKept() {
    assertThat(validated(1.2, 1, 0.86, 0.002, Optional.of(MOST)).decision())
        .isEqualTo(Decision.KEEP);
  }

  @Test
  void aLaunchThatFollowsByHalfIsNotHeldAgainstAPartThatIsAnEstimate() {
    assertThat(validated(1.2, 0.93, 1, 0.002, Optional.of(MOST)).decision())
        .isEqualTo(Decision.KEEP);
  }

  @Test
  void nothingIsSaidWhereTheMeasuredPartIsSmallAgainstTheScatter() {
    var small = Optional.of(new MeasuredPart(0.05, Optional.empty()));
    assertThat(validated(1.1, 1, 1, 0.02, small).decision()).isEqualTo(Decision.KEEP);
  }

  @Test
  void nothingIsSaidWhereTheMeasuredPartIsNotKnown() {
    assertThat(validated(1.2, 1, 1, 0.002, Optional.empty()).decision()).isEqualTo(Decision.KEEP);
  }

  @Test
  void nothingIsSaidOnAMachineThatScattersByMoreThanTheSaving() {
    assertThat(validated(1.05, 1, 1, 0.2, Optional.of(MOST)).decision()).isEqualTo(Decision.KEEP);
  }

  @Test
  void theWallClockAloneSpeaksWhereProcessorTimeIsNotKnown() {
    var part = Optional.of(new MeasuredPart(0.8, Optional.empty()));
    var validation = validated(1.2, 1, 1, 0.002, part);
    assertThat(validation.decision()).isEqualTo(Decision.HOLD);
    assertThat(validation.reason()).doesNotContain("processor time");
  }

  @Test
  void aPartIsWhatTheProfilerSlowedDown() {
    var part = MeasuredPart.of(cost(10, 9), cost(27, 26), 3, 60).orElseThrow();
    assertThat(part.wall()).isEqualTo(0.8);
    assertThat(part.processor()).hasValueSatisfying(p -> assertThat(p).isBetween(0.88, 0.9));
  }

  @Test
  void aPartIsNoMoreThanTheProfileHas() {
    assertThat(MeasuredPart.of(cost(10, 9), cost(27, 26), 3, 6).orElseThrow().wall())
        .isEqualTo(0.2);
  }

  @Test
  void launchesThatDoNotShowThePartGiveNone() {
    assertThat(MeasuredPart.of(cost(60, 50), cost(60.6, 50), 3, 170))
        .as("runs for a fixed time")
        .isEmpty();
    assertThat(MeasuredPart.of(cost(10, 9), cost(13, 12), 1.3, 12)).as("hardly slowed").isEmpty();
    assertThat(MeasuredPart.of(cost(0.4, 0.4), cost(1.2, 1.1), 3, 0.9))
        .as("a short launch: the profiler's own start weighs as much")
        .isEmpty();
  }

  private static Validation validated(
      double gain, double wall, double processor, double scatter, Optional<MeasuredPart> part) {
    var number = new int[1];
    var noise = new Random(7);
    var samples =
        SyntheticSamples.changed(
            SyntheticSamples.pairs(gain, 1),
            run -> {
              int launch = number[0]++;
              boolean isBase = launch % 2 == 0;
              double stray = Math.exp(scatter * noise.nextGaussian());
              return new Launched(
                  run.failure(),
                  run.metrics(),
                  run.surroundings(),
                  run.output(),
                  run.at(),
                  10 * (isBase ? 1 : wall) * stray,
                  Optional.of(9 * (isBase ? 1 : processor) * stray),
                  Map.of());
            });
    var evidence =
        new Evidence(
            Optional.empty(), Optional.empty(), 0, Evidence.Limits.NONE, Optional.empty(), part);
    return new Validator(SyntheticSamples.question(), List.of())
        .validate(samples, evidence, Validator.Tests.PASSED, List.of());
  }

  private static LaunchCost cost(double seconds, double processor) {
    return new LaunchCost(seconds, Optional.of(processor));
  }
}
