package hostperf.measure.touched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.classify.Hotspot.Place;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.patch.FileChange;
import hostperf.stacks.Root;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpotChangeTest {
  private static final Place LOOP = new Place("Engine.step", "pkg/engine.py", 3, "slow(x)");
  private static final StepCounts SAME = new StepCounts(10, 10);
  private static final LineProfile BEFORE = profile("/repo/pkg/engine.py", 10, 2.0);

  @Test
  void aLineThatMovedIsFollowed() {
    var change = new FileChange("pkg/engine.py", "a\nb\nslow(x)\n", "new\na\nb\nslow(x)\n");
    var after = new LineProfile(List.of(function("/repo/pkg/engine.py", 1, cost(4, 10, 0.5))));
    SpotChange spot = SpotChange.ofLine(LOOP, List.of(change), BEFORE, after, SAME).orElseThrow();
    assertThat(spot.fell()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void aRemovedLineCostsNothing() {
    var change = new FileChange("pkg/engine.py", "a\nb\nslow(x)\nc\n", "a\nb\nc\n");
    var after = new LineProfile(List.of(function("/repo/pkg/engine.py", 1, cost(3, 10, 9))));
    assertThat(SpotChange.ofLine(LOOP, List.of(change), BEFORE, after, SAME).orElseThrow().fell())
        .isEqualTo(1);
  }

  @Test
  void aRewrittenLineIsComparedWithAllThatReplacedIt() {
    var change = new FileChange("pkg/engine.py", "a\nb\nslow(x)\n", "a\nb\ny = x\nfast(y)\n");
    var after =
        new LineProfile(
            List.of(function("/repo/pkg/engine.py", 1, cost(3, 10, 0.4), cost(4, 10, 0.6))));
    assertThat(SpotChange.ofLine(LOOP, List.of(change), BEFORE, after, SAME).orElseThrow().fell())
        .isCloseTo(0.5, within(1e-9));
  }

  @Test
  void profilesOfDifferentLengthAreComparedPerStep() {
    var longer = profile("/repo/pkg/engine.py", 30, 6.0);
    assertThat(
            SpotChange.ofLine(LOOP, List.of(), BEFORE, longer, new StepCounts(100, 300))
                .orElseThrow()
                .fell())
        .isCloseTo(0, within(1e-9));
  }

  /// A short way for 15 of 16 calls leaves the calls that cost most.
  @Test
  void aFunctionThatIsCalledLessOftenCostsLessAStepThoughEachCallCostsMore() {
    var before = new LineProfile(List.of(allocate(9_600, 9.6), step(100)));
    var after = new LineProfile(List.of(allocate(600, 1.8), step(100)));
    var place = new Place("Pool.allocate", "pkg/pool.py", 3, "take()");
    var root = new Root("Engine.step", "/repo/pkg/engine.py", Root.How.TARGET_MAP);
    var change =
        SpotChange.ofFunction(
                place, before, after, StepCounts.of(root, before, after).orElseThrow())
            .orElseThrow();
    assertThat(change.fell()).isCloseTo(1 - 1.8 / 9.6, within(1e-9));
    assertThat(change.after().perStepSeconds()).isCloseTo(0.018, within(1e-9));
  }

  @Test
  void nothingIsSaidWhereTheStepsWereNotCounted() {
    var root = new Root("Engine.step", "/repo/pkg/engine.py", Root.How.FOUND);
    var without = new LineProfile(List.of(allocate(600, 1.8)));
    assertThat(StepCounts.of(root, BEFORE, without)).isEmpty();
    assertThat(StepCounts.of(root, BEFORE, BEFORE)).contains(new StepCounts(10, 10));
    assertThat(StepCounts.of(new Root("", "", Root.How.WHOLE), without, without))
        .as("a launch is one step")
        .contains(new StepCounts(1, 1));
  }

  @Test
  void nothingIsSaidWhereTheFunctionIsNotProfiled() {
    assertThat(SpotChange.ofLine(LOOP, List.of(), BEFORE, new LineProfile(List.of()), SAME))
        .isEmpty();
  }

  private static FunctionProfile allocate(long calls, double seconds) {
    return new FunctionProfile(
        "Pool.allocate",
        "/repo/pkg/pool.py",
        2,
        seconds,
        List.of(
            new LineCost(2, 0, 0, "  def allocate(self):"),
            new LineCost(3, calls, seconds, "    take()")));
  }

  private static FunctionProfile step(long calls) {
    return new FunctionProfile(
        "Engine.step",
        "/repo/pkg/engine.py",
        1,
        10,
        List.of(
            new LineCost(1, 0, 0, "  def step(self):"),
            new LineCost(2, calls, 10, "    self.pool.allocate()")));
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
