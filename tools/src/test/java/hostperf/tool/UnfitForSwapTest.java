package hostperf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnfitForSwapTest {
  /// The same call would launch the workload again and end alike.
  @Test
  void theNextCallMeasuresByLaunches() {
    var outcome = (Outcome.Inconclusive) ValidateTool.unfit("run-1234abcd", "it does not fit");
    var next = outcome.next().getFirst();
    assertThat(next.arguments()).isEqualTo(Map.of("run_id", "run-1234abcd", "mode", "launches"));
    assertThat(next.why()).isEqualTo("measures it by alternating launches");
  }
}
