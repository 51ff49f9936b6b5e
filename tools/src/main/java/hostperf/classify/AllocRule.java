package hostperf.classify;

import static hostperf.classify.HotspotType.ALLOC;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// ALLOC: buffers, arrays or lists that are made anew each time.
final class AllocRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      double confidence = confidence(spot, call);
      if (confidence > 0) {
        found.add(
            Finding.of(
                ALLOC,
                confidence,
                "%s allocates anew and %s".formatted(quote(call.node()), spot.rate())));
      }
    }
    if (TensorOps.gathers(spot)) {
      found.add(
          Finding.of(
              ALLOC, 0.47, "Indexing by a tensor copies the rows it names and " + spot.rate()));
    }
    spot.nodes("binary_operator").stream()
        .filter(AllocRule::makesList)
        .forEach(
            n ->
                found.add(
                    Finding.of(
                        ALLOC,
                        0.66,
                        "%s builds a list anew and %s".formatted(quote(n), spot.rate()))));
    return found;
  }

  private static double confidence(Spot spot, Call call) {
    if (TensorOps.isFactory(call)) {
      return spot.isInLoop(call.node()) ? 0.72 : 0.7;
    }
    if (call.resolved().equals("array.array")
        || call.resolved().equals("torch.nn.functional.pad")) {
      return 0.62;
    }
    if (call.isNamed("cat", "concat", "stack", "pad", "concatenate")
        && call.receiver()
            .filter(r -> r.text().matches("torch|np|F|jnp|torch\\.nn\\.functional"))
            .isPresent()) {
      return 0.55;
    }
    if (call.resolved().startsWith("numpy.") && call.keyword("out").isEmpty()) {
      return 0.46;
    }
    if (call.isNamed("clone", "copy") && call.positional().isEmpty()) {
      return 0.5;
    }
    if (call.name().matches("[A-Z]\\w*[a-z]\\w*") && !call.node().field().isEmpty()) {
      return 0.45;
    }
    if (call.isNamed("replace") && call.resolved().startsWith("dataclasses")) {
      return 0.55;
    }
    return call.name()
            .matches("_*(alloc|allocate|make|create|get_\\w*)_\\w*(tensor|buffer|array)s?\\w*")
        ? 0.6
        : 0;
  }

  /// `[0] * n`, `[0] + ids`.
  private static boolean makesList(Node node) {
    return node.child("operator").filter(o -> o.text().matches("[*+]")).isPresent()
        && node.children().stream().anyMatch(c -> c.is("list"));
  }
}
