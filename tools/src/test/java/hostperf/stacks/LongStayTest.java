package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LongStayTest {
  private static final Root ROOT = new Root("step", "/engine/core.py", Root.How.FOUND);

  private static List<LongStay> in(List<Stack> stacks) {
    return LongStay.in(Tracks.profile(Tracks.main(stacks)), ROOT, stack -> stack);
  }

  @Test
  void aStretchThatIsMostOfWhatALineTookIsNamed() {
    var stacks = new ArrayList<>(Tracks.inTurns(200, "run;step;match:20", "run;step;insert:30"));
    stacks.addAll(Tracks.inTurns(60, "run;step;length:40"));
    stacks.addAll(Tracks.inTurns(200, "run;step;match:20", "run;step;insert:30"));
    var stay = in(stacks).getFirst();
    assertThat(stay.at().function()).isEqualTo("length");
    assertThat(stay.at().line()).isEqualTo(40);
    assertThat(stay.seconds()).isCloseTo(0.3, Offset.offset(1e-9));
    assertThat(stay.share()).isCloseTo(60.0 / 860, Offset.offset(1e-9));
  }

  /// What is caught up with is many samples of one moment.
  @Test
  void samplesThatTellNoTimeHaveNoStretches() {
    var stacks = new ArrayList<>(Tracks.inTurns(200, "run;step;match:20", "run;step;insert:30"));
    stacks.addAll(Tracks.inTurns(60, "run;step;length:40"));
    var late = Tracks.profile(Tracks.main(stacks)).inSamples(200);
    assertThat(LongStay.in(late, ROOT, stack -> stack)).isEmpty();
    var ranking = Ranking.of(late, Optional.empty(), ROOT, new Own(Path.of("/engine"), ROOT));
    assertThat(ranking.seconds()).isZero();
    assertThat(ranking.samples()).isEqualTo(460);
  }

  /// A collection of garbage stops the process at a line that costs nothing.
  @Test
  void aShortStretchAtALineThatTakesNothingElseIsOneToo() {
    var stacks = new ArrayList<>(Tracks.inTurns(500, "run;step;match:20", "run;step;insert:30"));
    stacks.addAll(Tracks.inTurns(15, "run;step;define:40"));
    stacks.addAll(Tracks.inTurns(500, "run;step;match:20", "run;step;insert:30"));
    assertThat(in(stacks)).extracting(stay -> stay.at().line()).containsExactly(40);
  }

  @Test
  void callsThatTakeLongEachTimeAreNoStay() {
    var stacks = new ArrayList<Stack>();
    for (int i = 0; i < 20; i++) {
      stacks.addAll(Tracks.inTurns(10, "run;step;forward:20"));
      stacks.addAll(Tracks.inTurns(2, "run;step;schedule:30"));
    }
    assertThat(in(stacks)).isEmpty();
  }

  @Test
  void aProgramThatDoesLittleElseIsNotHeldUpThere() {
    var stacks = new ArrayList<>(Tracks.inTurns(400, "run;step;match:20"));
    stacks.addAll(Tracks.inTurns(20, "run;step;insert:30"));
    assertThat(in(stacks)).noneMatch(stay -> stay.at().line() == 20);
  }
}
