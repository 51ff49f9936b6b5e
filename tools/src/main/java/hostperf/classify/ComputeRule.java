package hostperf.classify;

import static hostperf.classify.HotspotType.COMPUTE;
import static hostperf.classify.Spot.quote;

import java.util.ArrayList;
import java.util.List;

/// COMPUTE: the work itself is the cost; a better algorithm would help, less Python would not.
final class ComputeRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      if (call.isNamed(
          "argsort", "sort", "sorted", "lexsort", "unique", "cdist", "sha256", "md5")) {
        found.add(
            Finding.of(COMPUTE, 0.66, quote(call.node()) + " orders or digests data, by its name"));
      } else if (call.isNamed("topk", "log_softmax", "log", "matmul", "einsum", "resize")
          && (call.isOf("torch")
              || call.isOf("numpy")
              || call.receiver().filter(r -> spot.device(r).isArray()).isPresent())) {
        found.add(Finding.of(COMPUTE, 0.5, quote(call.node()) + " computes over all its elements"));
      }
    }
    found.add(Finding.of(COMPUTE, 0.2, "Nothing but the work of the line itself is seen"));
    return found;
  }
}
