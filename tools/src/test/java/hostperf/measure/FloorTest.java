package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FloorTest {
  private final List<Sample> steady = SyntheticSamples.pairs(1.003, 1);
  private final List<Sample> different = SyntheticSamples.pairs(1.05, 1);

  @Test
  void isTheSizeOfWhatTheSameCodeSeemedToGain() {
    var known = (Floor.Known) Floor.of(SyntheticSamples.question(), List.of(steady));
    assertThat(known.size()).isCloseTo(0.003, within(0.001));
    assertThat(known.noise().perPair()).isBetween(0.002, 0.006);
  }

  @Test
  void aDifferenceIsMeasuredOnceMore() {
    assertThat(Floor.of(SyntheticSamples.question(), List.of(different)))
        .isInstanceOf(Floor.RepeatNeeded.class);
  }

  @Test
  void aDifferenceTwiceMeansThatNothingCanBeJudged() {
    var unsteady =
        (Floor.Unsteady) Floor.of(SyntheticSamples.question(), List.of(different, different));
    assertThat(unsteady.reason()).contains("differed from itself", "Steady the machine");
  }

  @Test
  void aDifferenceThatWasChanceLeavesTheLargerFloor() {
    var known = (Floor.Known) Floor.of(SyntheticSamples.question(), List.of(different, steady));
    assertThat(known.size()).isCloseTo(0.05, within(0.01));
  }
}
