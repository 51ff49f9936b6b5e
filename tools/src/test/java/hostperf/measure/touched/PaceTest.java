package hostperf.measure.touched;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Hotspot.Place;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.patch.FileChange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Two profiles are of two minutes: what got worse is set against what the patch does not touch.
class PaceTest {
  private static final String FILE = "pkg/engine.py";
  private static final String TEXT =
      """
      class Engine:
          def step(self):
              self.pack()
              self.admit()

          def pack(self):
              x = slow()
              return x

          def admit(self):
              y = walk()
              return y
      """;
  private static final FileChange PATCH =
      new FileChange(FILE, TEXT, TEXT.replace("x = slow()", "x = other()"));
  private static final Place HOTSPOT = new Place("Engine.pack", FILE, 7, "x = slow()");

  @Test
  void onABusyMachineEveryFunctionCostsMore() {
    assertThat(pace(profile(1, 1), profile(1.5, 1.5)).orElseThrow().factor()).isEqualTo(1.5);
  }

  @Test
  void whatThePatchDoesNotTouchIsNamed() {
    assertThat(pace(profile(1, 1), profile(3, 1)).orElseThrow().functions())
        .containsExactly("Engine.step", "Engine.admit");
  }

  @Test
  void theCallersLineOfThePatchedFunctionIsNoYardstick() {
    assertThat(pace(profile(1, 1), profile(3, 1)).orElseThrow().factor()).isEqualTo(1);
  }

  @Test
  void whereThereIsNothingToCompareWithNothingIsSaid() {
    assertThat(pace(new LineProfile(List.of(pack(1))), new LineProfile(List.of(pack(3)))))
        .isEmpty();
  }

  @Test
  void whereTheRestIsTooSmallToTellNothingIsSaid() {
    var before = new LineProfile(List.of(pack(1), admit(0.001)));
    var after = new LineProfile(List.of(pack(3), admit(0.001)));
    assertThat(pace(before, after)).isEmpty();
  }

  @Test
  void aMachineThatGotFasterMakesNothingLookWorse() {
    assertThat(pace(profile(1, 1), profile(1, 0.5)).orElseThrow().factor()).isEqualTo(1);
  }

  private static Optional<Pace> pace(LineProfile before, LineProfile after) {
    double compared =
        SpotChange.ofFunction(HOTSPOT, before, after, new StepCounts(1, 1))
            .orElseThrow()
            .before()
            .seconds();
    return Pace.of(List.of(PATCH), before, after, compared);
  }

  private static LineProfile profile(double pack, double admit) {
    var step =
        function(
            "Engine.step",
            2,
            new LineCost(3, 100, pack, "        self.pack()"),
            new LineCost(4, 100, admit, "        self.admit()"));
    return new LineProfile(List.of(step, pack(pack), admit(admit)));
  }

  private static FunctionProfile pack(double seconds) {
    return function("Engine.pack", 6, new LineCost(7, 100, seconds, "        x = slow()"));
  }

  private static FunctionProfile admit(double seconds) {
    return function("Engine.admit", 10, new LineCost(11, 100, seconds, "        y = walk()"));
  }

  private static FunctionProfile function(String name, int line, LineCost... lines) {
    double seconds = Stream.of(lines).mapToDouble(LineCost::seconds).sum();
    return new FunctionProfile(name, "/repo/" + FILE, line, seconds, List.of(lines));
  }
}
