package hostperf.profile;

import hostperf.fact.Counted;
import tools.jackson.databind.JsonNode;

/// The root's calls in one launch, over all its processes.
///
/// @param calls all of them
/// @param steps those after the warm-up, with their time as the clock has it
record RootCalls(long calls, Counted.Steps steps) {
  static final RootCalls NONE = new RootCalls(0, Counted.Steps.NONE);

  static RootCalls read(JsonNode json) {
    return new RootCalls(
        json.path("calls").asLong(),
        new Counted.Steps(json.path("steps").asLong(), json.path("microseconds").asDouble() / 1e6));
  }

  RootCalls and(RootCalls others) {
    return new RootCalls(calls + others.calls, steps.and(others.steps));
  }
}
