package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.AnalysisOutcome;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisTextTest {
  @Test
  void leavesOutTheProfileAndFileThatThereAreNone() {
    assertThat(AgentText.of(new AnalysisOutcome.Classified("", List.of(), 0, "", List.of())))
        .startsWith("0 hotspots.\n");
  }

  @Test
  void saysHowManyAreNotShown() {
    var warnings = IntStream.range(0, 17).mapToObj(i -> "w" + i).toList();
    var lines = List.of(new AnalysisOutcome.LineRow(2, 1, 1, 1, "x = f()"));
    var rows =
        IntStream.range(0, 3)
            .mapToObj(i -> new AnalysisOutcome.FunctionRow("f" + i, "a.py", 1, 1, 1, lines, 7))
            .toList();
    var text =
        AgentText.of(
            new AnalysisOutcome.Profiled(
                "p1",
                "s",
                rows,
                6,
                List.of(),
                Map.of("throughput", 5.0),
                "",
                warnings,
                List.of(),
                List.of()));
    assertThat(text)
        .contains("throughput, unprofiled: 5")
        .contains("1.00 s in 1 call; the most expensive 1 of 7 lines that took time")
        .contains("6 functions profiled, 3 of them shown.")
        .contains("Warning: … and 7 more of 17\n");
  }
}
