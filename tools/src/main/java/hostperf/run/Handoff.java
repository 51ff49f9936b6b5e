package hostperf.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a run takes from a trace's `optimization_handoff`: the functions to begin with.
final class Handoff {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Handoff() {}

  /// The source functions named, the recommended first target first; empty when the trace could
  /// map none of its operations to a function.
  static List<String> functions(String json) {
    var handoff = JSON.readTree(json);
    var functions = new LinkedHashSet<String>();
    add(functions, handoff.path("recommended_first_target"));
    add(functions, handoff.path("first_target"));
    for (JsonNode operation : handoff.path("top_operations")) {
      add(functions, operation.path("source_function"));
    }
    return new ArrayList<>(functions);
  }

  /// The share of the step in which the device waited for the named operations; empty where the
  /// trace gave no time per step.
  static Optional<Double> exposedShare(String json) {
    var handoff = JSON.readTree(json);
    double step = handoff.path("wall_time_per_step_us").asDouble(0);
    double waited = 0;
    for (JsonNode operation : handoff.path("top_operations")) {
      waited += operation.path("us_per_step").asDouble(0);
    }
    return step > 0 && waited > 0 ? Optional.of(Math.min(1, waited / step)) : Optional.empty();
  }

  /// Only names that a profiler takes: dotted, or `module::function`.
  private static void add(Set<String> functions, JsonNode name) {
    var text = name.isString() ? name.stringValue() : "";
    if (text.matches("[A-Za-z_][\\w.]*(\\.|::)[A-Za-z_]\\w*")) {
      functions.add(text);
    }
  }
}
