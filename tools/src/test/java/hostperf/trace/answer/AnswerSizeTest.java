package hostperf.trace.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import hostperf.agent.Outcome;
import hostperf.agent.TraceOutcome;
import hostperf.report.AgentText;
import hostperf.report.run.Budget;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An answer about a real trace fits what an agent is willing to read.
class AnswerSizeTest {
  /// 800 tokens of 3.5 characters.
  private static final int TEXT = 2800;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "graph_level.sqlite.gz",
        "healthy_graph.sqlite.gz",
        "kineto_healthy.json.gz",
        "nsys_no_ranges_node.sqlite.gz",
        "planted_delays.json.gz",
        "planted_python_sampling.sqlite.gz"
      })
  void staysShort(String name) {
    var detected = new TraceOutcome.Detected(Samples.answer(Samples.packed(name)), List.of());

    Outcome fitting = Budget.ANSWER.fit(detected, AnswerSizeTest::length);

    assertThat(length(fitting)).isLessThan(Budget.ANSWER.characters());
    assertThat(AgentText.of(detected)).hasSizeLessThan(TEXT);
    assertThat(AgentText.of(fitting).lines().limit(3).toList())
        .isEqualTo(AgentText.of(detected).lines().limit(3).toList());
  }

  private static int length(Outcome outcome) {
    return outcome instanceof TraceOutcome.Detected detected
        // On the wire numbers have ten digits.
        ? Samples.mapper()
            .rebuild()
            .changeDefaultPropertyInclusion(
                i -> i.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build()
            .writeValueAsString(detected.answer())
            .replaceAll("(\\.\\d{6})\\d+", "$1")
            .length()
        : 0;
  }
}
