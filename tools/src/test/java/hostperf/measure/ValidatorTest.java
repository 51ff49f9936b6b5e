package hostperf.measure;

import static hostperf.measure.Validator.Tests.FAILED;
import static hostperf.measure.Validator.Tests.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.measure.touched.CodeCost;
import hostperf.measure.touched.Pace;
import hostperf.measure.touched.SpotChange;
import hostperf.verdict.GainBound;
import hostperf.verdict.Guard;
import hostperf.verdict.Percent;
import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidatorTest {
  private final Validator validator =
      new Validator(SyntheticSamples.question(), List.of(new Guard(SyntheticSamples.TPOT, 0.02)));

  @Test
  void aClearGainWhoseMechanismShowsIsKept() {
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.05, 0.95), fell(0.8, 0.2), PASSED, List.of());
    assertThat(validation.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(validation.decision()).isEqualTo(Decision.KEEP);
    assertThat(validation.outputs()).isEqualTo(Outputs.SAME);
    assertThat(validation.metrics().getFirst().change()).isCloseTo(0.05, within(0.01));
    assertThat(validation.metrics().getLast().change()).isCloseTo(-0.05, within(0.01));
    assertThat(validation.warnings()).isEmpty();
  }

  @Test
  void aLossIsRolledBack() {
    Validation validation =
        validator.validate(SyntheticSamples.pairs(0.95, 1), fell(0.8, 0.2), PASSED, List.of());
    assertThat(validation.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(validation.decision()).isEqualTo(Decision.ROLL_BACK);
  }

  @Test
  void aGuardThatGotWorseVetoes() {
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.05, 1.04), fell(0.8, 0.2), PASSED, List.of());
    assertThat(validation.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(validation.decision()).isEqualTo(Decision.ROLL_BACK);
    assertThat(validation.reason()).contains("`tpot` got worse by 4");
  }

  @Test
  void harmWithinTheToleranceDoesNotVeto() {
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.05, 1.01), fell(0.8, 0.2), PASSED, List.of());
    assertThat(validation.decision()).isEqualTo(Decision.KEEP);
  }

  @Test
  void harmThatCouldNotBeExcludedIsAWarning() {
    var uncertain =
        SyntheticSamples.changed(
            SyntheticSamples.pairs(1.05, 1),
            run -> {
              double stray = SyntheticSamples.throughput(run) > 998 ? 9 : 8;
              return with(
                  run, Map.of("throughput", SyntheticSamples.throughput(run), "tpot", stray));
            });
    Validation validation = validator.validate(uncertain, fell(0.8, 0.2), PASSED, List.of());
    assertThat(validation.warnings()).anyMatch(text -> text.contains("could not be excluded"));
    // The same interval as the answer's table has.
    double worst =
        validation.metrics().stream()
            .filter(m -> m.metric().equals(SyntheticSamples.TPOT))
            .mapToDouble(m -> m.interval().high())
            .findFirst()
            .orElseThrow();
    assertThat(validation.warnings())
        .anyMatch(text -> text.contains("of up to %s could".formatted(Percent.percent(worst))));
  }

  @Test
  void otherOutputsAreRolledBackHoweverFast() {
    var other =
        SyntheticSamples.changed(
            SyntheticSamples.pairs(1.05, 0.95),
            run -> SyntheticSamples.throughput(run) > 1040 ? writes(run, "other") : run);
    Validation validation = validator.validate(other, fell(0.8, 0.2), PASSED, List.of());
    assertThat(validation.outputs()).isEqualTo(Outputs.DIFFERENT);
    assertThat(validation.decision()).isEqualTo(Decision.ROLL_BACK);
  }

  @Test
  void failedTestsAreRolledBackHoweverFast() {
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.05, 0.95), fell(0.8, 0.2), FAILED, List.of());
    assertThat(validation.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(validation.decision()).isEqualTo(Decision.ROLL_BACK);
  }

  @Test
  void aGainWithoutItsMechanismIsHeld() {
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.05, 0.95), fell(0.1, 0.2), PASSED, List.of());
    assertThat(validation.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(validation.decision()).isEqualTo(Decision.HOLD);
    assertThat(validation.reason()).contains("Suspicious: The mechanism does not show");
  }

  @Test
  void aGainBeyondTheHotspotsShareIsHeld() {
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.3, 0.95), fell(0.8, 0.2), PASSED, List.of());
    assertThat(validation.decision()).isEqualTo(Decision.HOLD);
    assertThat(validation.reason()).contains("more than the hotspot's share of the step (20.0%)");
  }

  @Test
  void theProfilersOwnCostIsTakenIntoAccountInTheBound() {
    assertThat(GainBound.ofHotspot(0.2, 2.5).share()).isEqualTo(0.5);
    assertThat(GainBound.ofHotspot(0.2, 0.9).share()).isEqualTo(0.2);
  }

  @Test
  void theMechanismIsLookedForBesideWhatTheMachineDid() {
    var spot = Optional.of(new SpotChange(new CodeCost(10, 1, 10), new CodeCost(10, 0.8, 10)));
    var busy = Optional.of(new Pace(1.6, List.of("Engine.other")));
    var evidence = new Evidence(spot, spot, 0.8, limits(0.5), busy, Optional.empty());
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.05, 0.95), evidence, PASSED, List.of());
    assertThat(validation.decision())
        .as("0.8 of the time at 1.6 times the cost")
        .isEqualTo(Decision.KEEP);
  }

  @Test
  void whatWasNoticedWhileMeasuringIsPutBeforeAPerson() {
    Validation validation =
        validator.validate(
            SyntheticSamples.pairs(1.05, 0.95),
            fell(0.8, 0.2),
            PASSED,
            List.of("The journal has strangers."));
    assertThat(validation.decision()).isEqualTo(Decision.HOLD);
    assertThat(validation.reason()).contains("Suspicious: The journal has strangers.");
  }

  @Test
  void codeWhoseTimeIsNotKnownIsNamed() {
    var limits = new Evidence.Limits(List.of(), List.of("`Engine.helper`"));
    var evidence =
        new Evidence(
            Optional.empty(), Optional.empty(), 0, limits, Optional.empty(), Optional.empty());
    Validation validation =
        validator.validate(SyntheticSamples.pairs(1.05, 0.95), evidence, PASSED, List.of());
    assertThat(validation.decision()).isEqualTo(Decision.KEEP);
    assertThat(validation.warnings())
        .anyMatch(text -> text.contains("line_profiler did not time `Engine.helper`"));
  }

  /// The hotspot claimed 80% of its cost, and so much of it fell.
  private static Evidence fell(double part, double share) {
    var spot = Optional.of(new SpotChange(new CodeCost(10, 1, 10), new CodeCost(10, 1 - part, 10)));
    var pace = Optional.of(new Pace(1, List.of("Engine.other")));
    return new Evidence(spot, spot, 0.8, limits(share), pace, Optional.empty());
  }

  private static Evidence.Limits limits(double share) {
    return new Evidence.Limits(List.of(GainBound.ofHotspot(share, 1)), List.of());
  }

  private static Launched with(Launched run, Map<String, Double> metrics) {
    return new Launched(
        run.failure(), metrics, run.surroundings(), run.output(), run.at(), run.seconds());
  }

  private static Launched writes(Launched run, String output) {
    return new Launched(
        run.failure(),
        run.metrics(),
        run.surroundings(),
        Optional.of(output),
        run.at(),
        run.seconds());
  }
}
