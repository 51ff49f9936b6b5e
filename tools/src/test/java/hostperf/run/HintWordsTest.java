package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

class HintWordsTest {
  @Test
  void saysThatRepeatedLinesMatterTogether() {
    var line = "        flag = request.state.is_ready()";
    var function =
        new FunctionProfile(
            "Engine.step",
            "engine.py",
            1,
            1.0,
            List.of(
                new LineCost(2, 10, 0.3, line),
                new LineCost(3, 10, 0.4, "        self.work()"),
                new LineCost(4, 10, 0.3, line)));
    assertThat(HintWords.of(new LineProfile(List.of(function)), false))
        .containsExactly(
            "Engine.step: lines 2, 4 have the same text and take 60.0% of the function together.");
    assertThat(HintWords.of(new LineProfile(List.of(function)), true))
        .as("samples say what they take")
        .isEmpty();
  }

  @Test
  void saysNothingOfAPlainFunction() {
    var function =
        new FunctionProfile(
            "f", "f.py", 1, 1.0, List.of(new LineCost(2, 10, 1.0, "    return g()")));
    assertThat(HintWords.of(new LineProfile(List.of(function)), false)).isEmpty();
  }
}
