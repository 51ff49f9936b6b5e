package hostperf.measure.touched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.measure.Evidence;
import hostperf.metric.Better;
import hostperf.patch.FileChange;
import hostperf.verdict.Interval;
import hostperf.verdict.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The most that a patch can take away is what the profile has for the code that it touches.
class TouchedCodeTest {
  private static final String FILE = "pkg/engine.py";
  private static final String TEXT =
      """
      import os

      LIMIT = 4

      class Engine:
          def step(self, requests):
              logger.debug(f"{requests}")
              active = [r for r in requests if r.live]
              for r in active:
                  self._pack(r)
              self.admit()
              return active

          def _pack(self, r):
              return r.ids

          def admit(self):
              def walk():
                  return 1
              walk()
              self.count += 1

          def helper(self):
              return 2
      """;

  /// Seconds by line; the step takes 10.
  private static final LineProfile PROFILE =
      new LineProfile(
          List.of(
              function("Engine.step", 6, 12, Map.of(7, 0.03, 8, 1.0, 9, 0.5, 10, 4.0, 11, 4.4)),
              function("Engine.admit", 17, 21, Map.of(18, 0.1, 20, 4.0, 21, 0.2))));

  @Test
  void aLineElsewhereThanTheHotspotBoundsTheGain() {
    var touched = touched("logger.debug(f\"{requests}\")", "pass");
    assertThat(touched.seconds()).isCloseTo(0.03, within(1e-9));
    assertThat(touched.places()).containsExactly("line 7 of `Engine.step`");
    assertThat(suspicions(touched, 1.17))
        .singleElement()
        .asString()
        .contains("more than all the time that the profile has for what the patch touches")
        .contains("line 7 of `Engine.step` (0.6%)");
    assertThat(suspicions(touched, 1.005)).isEmpty();
  }

  @Test
  void anEarlyReturnTouchesTheWholeFunction() {
    var touched =
        touched(
            "        logger.debug(f\"{requests}\")",
            "        if not requests:\n            return requests\n        logger.debug(f\"{requests}\")");
    assertThat(touched.seconds()).isCloseTo(9.93, within(1e-9));
  }

  @Test
  void aShorterListMakesForAShorterLoop() {
    var touched = touched("if r.live]", "if r.live and r.ids]");
    assertThat(touched.seconds()).as("the list and the loop over it").isCloseTo(5.5, within(1e-9));
  }

  @Test
  void theHeaderOfALoopTakesItsBodyWithIt() {
    assertThat(touched("for r in active:", "for r in active[:2]:").seconds())
        .isCloseTo(4.5, within(1e-9));
  }

  @Test
  void aHoistedNameIsNothingBesideTheLineThatUsesIt() {
    var touched =
        touched(
            "        for r in active:\n            self._pack(r)",
            "        pack = self._pack\n        for r in active:\n            pack(r)");
    assertThat(touched.seconds()).isCloseTo(4, within(1e-9));
  }

  @Test
  void aCallThatIsNewMayChangeWhateverFollows() {
    assertThat(
            touched("        self.admit()", "        gc.disable()\n        self.admit()").seconds())
        .isCloseTo(9.93, within(1e-9));
  }

  @Test
  void aPrivateFunctionCostsWhatTheLinesThatCallItCost() {
    var touched = touched("return r.ids", "r.seen = True");
    assertThat(touched.unknown()).containsExactly("all code that uses what `Engine._pack` returns");
    assertThat(touched("    def _pack(self, r):", "    def _pack(self, r, *, n=1):").seconds())
        .isCloseTo(4, within(1e-9));
  }

  @Test
  void nothingIsBoundedByWhatTheProfileDoesNotKnow() {
    assertThat(touched("    def helper(self):", "    def helper(self, n=1):").unknown())
        .containsExactly("`Engine.helper`");
    assertThat(touched("LIMIT = 4", "LIMIT = 5").unknown())
        .containsExactly("line 3 of " + FILE, "new line 3 of " + FILE);
    assertThat(touched("return active", "return list(active)").unknown())
        .containsExactly("all code that uses what `Engine.step` returns");
    assertThat(touched("LIMIT = 4", "LIMIT = 5").bound(PROFILE, 2)).isEmpty();
  }

  @Test
  void aFunctionInsideAProfiledOneIsBoundedByTheOuterOne() {
    var touched = touched("        def walk():", "        def walk(n=1):");
    assertThat(touched.seconds()).isCloseTo(4.3, within(1e-9));
  }

  @Test
  void anImportAndANewNameAreFree() {
    var touched = touched("import os\n", "import gc\nimport os\n\nFRESH = object()\n");
    assertThat(touched.seconds()).isZero();
    assertThat(touched.unknown()).isEmpty();
    assertThat(suspicions(touched, 1.05))
        .singleElement()
        .asString()
        .contains("touches: nothing that costs time (0.0%)");
  }

  private static TouchedCode touched(String old, String now) {
    assertThat(TEXT).contains(old);
    var change = new FileChange(FILE, TEXT, TEXT.replace(old, now));
    return TouchedCode.of(List.of(change), PROFILE);
  }

  /// At a profiler that doubles every step.
  private static List<String> suspicions(TouchedCode touched, double gain) {
    var limits = new Evidence.Limits(List.of(touched.bound(PROFILE, 2).orElseThrow()), List.of());
    var evidence =
        new Evidence(
            Optional.empty(), Optional.empty(), 0, limits, Optional.empty(), Optional.empty());
    var metric = new Quantity("throughput", "tok/s", Better.HIGHER);
    return evidence.suspicions(metric, new Interval(gain - 1, gain - 1, 0.95), List.of());
  }

  private static FunctionProfile function(
      String name, int first, int last, Map<Integer, Double> seconds) {
    var text = TEXT.lines().toList();
    var lines = new ArrayList<LineCost>();
    for (int line = first; line <= last; line++) {
      double cost = seconds.getOrDefault(line, 0.0);
      lines.add(new LineCost(line, cost > 0 ? 100 : 0, cost, text.get(line - 1)));
    }
    double total = name.endsWith("step") ? 10 : 4.3;
    return new FunctionProfile(name, "/repo/" + FILE, first, total, lines);
  }
}
