package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.AnalysisOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisTextTest {
  @Test
  void leavesOutTheProfileAndFileThatThereAreNone() {
    assertThat(AgentText.of(new AnalysisOutcome.Classified("", List.of(), 0, "", List.of())))
        .startsWith("0 hotspots.\n");
  }
}
