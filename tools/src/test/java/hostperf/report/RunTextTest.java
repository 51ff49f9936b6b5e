package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.RunOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunTextTest {
  /// An answer that is cut to its budget counts what it leaves out.
  @Test
  void saysHowManyTestsFailThoughItShowsFew() {
    var failures = IntStream.range(0, 67).mapToObj("test_trie.py::test_%d"::formatted).toList();
    var run =
        new RunOutcome.TestsRun(
            141,
            67,
            0,
            failures,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            15.1,
            "tests.log",
            List.of());
    var shorter = (RunOutcome.TestsRun) run.shorter().orElseThrow();
    assertThat(shorter.newFailures()).hasSize(5);
    assertThat(AgentText.of(shorter))
        .startsWith("67 new failures, not seen on the base (67 failed, 0 skipped, ")
        .contains("New failure: … and 62 more of 67\n");
    assertThat(shorter.shorter()).isEmpty();
  }
}
