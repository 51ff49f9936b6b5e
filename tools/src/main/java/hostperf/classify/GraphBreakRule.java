package hostperf.classify;

import static hostperf.classify.HotspotType.CUSTOM_OP;
import static hostperf.classify.HotspotType.GRAPH_BREAK;
import static hostperf.classify.Spot.quote;

import java.util.ArrayList;
import java.util.List;

/// GRAPH_BREAK: something that a compiled region cannot hold, so that it falls back to Python.
final class GraphBreakRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      if (call.resolved().equals("torch.compile")) {
        var why = quote(call.node()) + " makes a new compiled function each time it runs";
        found.add(Finding.of(CUSTOM_OP, 0.8, why));
        found.add(Finding.of(GRAPH_BREAK, 0.7, why));
      } else if (call.resolved().startsWith("torch._dynamo.graph_break")) {
        found.add(Finding.of(GRAPH_BREAK, 0.95, quote(call.node()) + " breaks the graph"));
      } else if (call.name()
              .matches("get_(forward_)?context|get_current_(forward_)?context|get_forward_\\w*")
          && isForward(spot)) {
        found.add(
            Finding.of(
                GRAPH_BREAK,
                0.66,
                "%s reads a global context inside `%s`, by its name: can a compiler trace it?"
                    .formatted(quote(call.node()), spot.function().name())));
      }
    }
    return found;
  }

  private static boolean isForward(Spot spot) {
    return spot.function().name().contains("forward")
        || spot.function().decorators().stream().anyMatch(d -> d.contains("compile"));
  }
}
