package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.classify.Hotspot.Place;
import hostperf.patch.FileChange;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineCost;
import hostperf.profile.LineProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpotChangeTest {
  private static final Place LOOP = new Place("Engine.step", "pkg/engine.py", 3, "slow(x)");
  private static final LineProfile BEFORE = profile("/repo/pkg/engine.py", 10, 2.0);

  @Test
  void aLineThatMovedIsFollowed() {
    var change = new FileChange("pkg/engine.py", "a\nb\nslow(x)\n", "new\na\nb\nslow(x)\n");
    var after = new LineProfile(List.of(function("/repo/pkg/engine.py", 1, cost(4, 10, 0.5))));
    SpotChange spot = SpotChange.ofLine(LOOP, List.of(change), BEFORE, after).orElseThrow();
    assertThat(spot.fell()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void aRemovedLineCostsNothing() {
    var change = new FileChange("pkg/engine.py", "a\nb\nslow(x)\nc\n", "a\nb\nc\n");
    var after = new LineProfile(List.of(function("/repo/pkg/engine.py", 1, cost(3, 10, 9))));
    assertThat(SpotChange.ofLine(LOOP, List.of(change), BEFORE, after).orElseThrow().fell())
        .isEqualTo(1);
  }

  @Test
  void aRewrittenLineIsComparedWithAllThatReplacedIt() {
    var change = new FileChange("pkg/engine.py", "a\nb\nslow(x)\n", "a\nb\ny = x\nfast(y)\n");
    var after =
        new LineProfile(
            List.of(function("/repo/pkg/engine.py", 1, cost(3, 10, 0.4), cost(4, 10, 0.6))));
    assertThat(SpotChange.ofLine(LOOP, List.of(change), BEFORE, after).orElseThrow().fell())
        .isCloseTo(0.5, within(1e-9));
  }

  @Test
  void profilesOfDifferentLengthAreComparedPerCall() {
    var longer = profile("/repo/pkg/engine.py", 30, 6.0);
    assertThat(SpotChange.ofLine(LOOP, List.of(), BEFORE, longer).orElseThrow().fell())
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void nothingIsSaidWhereTheFunctionIsNotProfiled() {
    assertThat(SpotChange.ofLine(LOOP, List.of(), BEFORE, new LineProfile(List.of()))).isEmpty();
  }

  private static LineProfile profile(String file, long hits, double seconds) {
    return new LineProfile(List.of(function(file, 1, cost(3, hits, seconds))));
  }

  private static FunctionProfile function(String file, int line, LineCost... lines) {
    return new FunctionProfile("Engine.step", file, line, 9, List.of(lines));
  }

  private static LineCost cost(int line, long hits, double seconds) {
    return new LineCost(line, hits, seconds, "slow(x)");
  }
}
