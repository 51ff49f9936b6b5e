package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// A metric that the two sides print another number of times waits for a person.
class MatchesTest {
  @Test
  void aLineMoreOnThePatchedSideIsHeld() {
    var validation = validated(_ -> 1, _ -> 2);
    assertThat(validation.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(validation.decision()).isEqualTo(Decision.HOLD);
    assertThat(validation.reason())
        .contains(
            "The pattern of `throughput` matched once in a launch of the base and 2 times in one of"
                + " the patched code.");
  }

  @Test
  void aLineMoreInOneLaunchOnlyIsHeldToo() {
    var validation = validated(_ -> 3, launch -> launch == 5 ? 4 : 3);
    assertThat(validation.decision()).isEqualTo(Decision.HOLD);
    assertThat(validation.reason()).contains("3 times in a launch of the base and 3 to 4 times");
  }

  @Test
  void asManyOnBothSidesAreKept() {
    assertThat(validated(_ -> 7, _ -> 7).decision()).isEqualTo(Decision.KEEP);
  }

  @Test
  void linesThatComeByTheClockAreKept() {
    assertThat(validated(launch -> 10 + launch % 3, launch -> 9 + launch % 2).decision())
        .isEqualTo(Decision.KEEP);
  }

  @Test
  void moreThanAnyLaunchOfTheBaseHadIsHeld() {
    assertThat(validated(launch -> 10 + launch % 3, _ -> 14).decision()).isEqualTo(Decision.HOLD);
  }

  private static Validation validated(IntUnaryOperator base, IntUnaryOperator candidate) {
    var number = new int[1];
    var samples =
        SyntheticSamples.changed(
            SyntheticSamples.pairs(1.05, 1),
            run -> {
              int launch = number[0]++;
              int count = (launch % 2 == 0 ? base : candidate).applyAsInt(launch / 2);
              return new Launched(
                  run.failure(),
                  run.metrics(),
                  run.surroundings(),
                  run.output(),
                  run.at(),
                  run.seconds(),
                  run.processorSeconds(),
                  Map.of("throughput", count));
            });
    return new Validator(SyntheticSamples.question(), List.of())
        .validate(samples, Evidence.NONE, Validator.Tests.PASSED, List.of());
  }
}
