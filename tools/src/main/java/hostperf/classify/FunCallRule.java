package hostperf.classify;

import static hostperf.classify.HotspotType.FUNCALL;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// FUNCALL: the cost is that of calling: a wrapper, a lookup through Python, a heavy front of a
/// light function.
final class FunCallRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      double confidence = confidence(spot, call);
      found.add(
          Finding.of(
              FUNCALL,
              confidence,
              "%s is called; it %s".formatted(quote(call.node()), spot.rate())));
    }
    if (spot.function().name().matches("__getattr\\w*__|__setattr__|__getitem__")
        && !spot.statement().is("raise_statement")) {
      found.add(
          Finding.of(
              FUNCALL, 0.7, "Python calls `%s` on every access".formatted(spot.function().name())));
    }
    views(spot, found);
    spot.nodes("interpolation").stream()
        .findFirst()
        .ifPresent(
            i ->
                found.add(
                    Finding.of(
                        FUNCALL, 0.44, "Formatting %s as text calls into it".formatted(quote(i)))));
    if (spot.calls().isEmpty() && !spot.nodes("attribute").isEmpty()) {
      found.add(
          Finding.of(
              FUNCALL,
              0.3,
              "%s may be a property; no call is seen"
                  .formatted(quote(spot.nodes("attribute").getFirst()))));
    }
    return found;
  }

  private static double confidence(Spot spot, Call call) {
    var name = call.name();
    if (name.equals("current_stream") || name.equals("current_device")) {
      return 0.86;
    }
    if (call.resolved().matches("torch\\.\\w+\\.(stream|device)")
        || name.equals("rearrange")
        || call.resolved().startsWith("einops.")) {
      return 0.84;
    }
    if (name.matches("\\w*compute_hash|hash|\\w*_hash")) {
      return call.argument(0).filter(a -> a.find("call").findAny().isPresent()).isPresent()
          ? 0.55
          : 0.7;
    }
    boolean tokenizer =
        call.receiver()
                .map(Node::text)
                .filter(r -> r.matches("(?i)([\\w.]+[._])?tokenizer"))
                .isPresent()
            || name.matches("(batch_)?(decode|encode)|apply_chat_template|convert_\\w+_to_\\w+");
    if (tokenizer && !spot.isInLoop(call.node())) {
      return 0.74;
    }
    if (call.isNamed("hasattr", "getattr", "setattr")) {
      return 0.52;
    }
    return spot.isInLoop(call.node()) ? 0.38 : 0.42;
  }

  private static void views(Spot spot, List<Finding> found) {
    if (spot.calls().stream().anyMatch(TensorOps::isView)) {
      found.add(
          Finding.of(FUNCALL, 0.5, "Changing a tensor's shape runs through the whole dispatcher"));
    }
    spot.nodes("subscript").stream()
        .filter(n -> !n.field().equals("left") && spot.device(n).isTensor())
        .filter(n -> n.all("subscript").stream().allMatch(i -> i.is("slice", "integer")))
        .findFirst()
        .ifPresent(
            n ->
                found.add(
                    Finding.of(
                        FUNCALL,
                        0.45,
                        "%s makes a view, which runs through the whole dispatcher"
                            .formatted(quote(n)))));
  }
}
