package hostperf.trace.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real traces against figures that an independent program computed.
class ExpectedFiguresTest {
  private static final JsonMapper JSON = Samples.mapper();

  @ParameterizedTest
  @ValueSource(strings = {"graph_level.sqlite", "healthy_graph.sqlite"})
  void agreesWithAnIndependentProgram(String name) {
    JsonNode expected = expected(name);
    JsonNode answer = JSON.valueToTree(Samples.answer(Samples.packed(name + ".gz")));

    assertThat(answer.get("verdict")).isEqualTo(expected.get("verdict"));
    assertThat(answer.get("processes")).hasSameSizeAs(expected.get("processes"));
    JsonNode phases = expected.at("/processes/0/phases");
    for (String phase : phases.propertyNames()) {
      compare(phases.get(phase), answer.at("/processes/0/phases/" + phase), phase);
    }
  }

  private static void compare(JsonNode expected, JsonNode found, String phase) {
    for (String metric : expected.propertyNames()) {
      boolean isCount = metric.equals("crossed") || metric.equals("applicable");
      JsonNode value = found.get(isCount ? metric + "_count" : metric);
      if (expected.get(metric).isNumber()) {
        assertThat(value.asDouble())
            .describedAs("%s of %s", metric, phase)
            .isCloseTo(expected.get(metric).asDouble(), withinPercentage(1e-4));
      } else {
        assertThat(value).isEqualTo(expected.get(metric));
      }
    }
  }

  private static JsonNode expected(String file) {
    Path all = Samples.packed("expected.json");
    for (JsonNode each : JSON.readTree(all)) {
      if (each.get("file").asString().equals(file)) {
        return each;
      }
    }
    throw new IllegalStateException("no expected figures for " + file);
  }
}
