package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.profile.Pass;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A pass makes nothing faster: a launch without one that was slower was held up by other work.
class ProfileRecorderTest {
  @Test
  void slowdownsAreAgainstTheLaunchThatWasLeastHeldUp() {
    var heldUp = Map.of(Pass.SAMPLES, 0.25, Pass.LINES, 3.0);
    assertThat(ProfileRecorder.slowdowns(heldUp))
        .doesNotContainKey(Pass.SAMPLES)
        .containsEntry(Pass.LINES, 12.0);
    assertThat(ProfileRecorder.disturbed(heldUp).orElseThrow())
        .startsWith(
            "The launch without a pass was 4.0 times slower than that of the pass `samples`,");
  }

  /// Of one pass alone no figure is given.
  @Test
  void whereOnePassRanNothingIsCountedFromIt() {
    assertThat(ProfileRecorder.disturbed(Map.of(Pass.SAMPLES, 0.25)).orElseThrow())
        .endsWith("so something else used the machine.");
  }

  @Test
  void ofAQuietMachineNothingIsSaid() {
    var quiet = Map.of(Pass.SAMPLES, 0.97, Pass.LINES, 4.0);
    assertThat(ProfileRecorder.disturbed(quiet)).isEmpty();
    assertThat(ProfileRecorder.slowdowns(Map.of(Pass.LINES, 4.0))).containsEntry(Pass.LINES, 4.0);
    assertThat(ProfileRecorder.disturbed(Map.of())).isEmpty();
  }
}
