package hostperf.classify;

import static hostperf.classify.HotspotType.FUNCALL;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
              "%s is called; the line %s".formatted(quote(call.node()), spot.rate())));
    }
    if (spot.function().name().matches("__getattr\\w*__|__setattr__|__getitem__")
        && !spot.statement().is("raise_statement")) {
      found.add(
          Finding.of(
              FUNCALL,
              0.7,
              "Python calls `%s` for an access; the line %s"
                  .formatted(spot.function().name(), spot.rate())));
    }
    views(spot, found);
    spot.nodes("interpolation").stream()
        .findFirst()
        .ifPresent(
            i ->
                found.add(
                    Finding.of(
                        FUNCALL, 0.44, "Formatting %s as text calls into it".formatted(quote(i)))));
    property(spot).ifPresent(found::add);
    return found;
  }

  /// A property of the own class, which the line reads without a call.
  private static Optional<Finding> property(Spot spot) {
    return spot.calls().isEmpty()
        ? spot.nodes("attribute").stream()
            .filter(a -> a.text().matches("self\\.\\w+"))
            .flatMap(
                a ->
                    spot
                        .function()
                        .owner()
                        .flatMap(c -> c.property(a.text().substring(5)))
                        .map(
                            p ->
                                Finding.of(
                                    FUNCALL,
                                    0.45,
                                    "%s is a property (line %d): reading it is a call"
                                        .formatted(quote(a), p.line())))
                        .stream())
            .findFirst()
        : Optional.empty();
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
    spot.calls().stream()
        .filter(TensorOps::isView)
        .filter(c -> !spot.device(c.receiver().orElseThrow()).isHost())
        .findFirst()
        .ifPresent(
            c ->
                found.add(
                    Finding.of(
                        FUNCALL,
                        0.5,
                        "%s %s; the line %s"
                            .formatted(
                                quote(c.node()),
                                Spot.sure(
                                    spot.origin(c.receiver().orElseThrow()),
                                    "changes a tensor's shape",
                                    "it is given one"),
                                spot.rate()))));
    spot.nodes("subscript").stream()
        .filter(n -> !n.field().equals("left") && spot.device(n).isTensor())
        .filter(n -> Spot.isSeen(spot.origin(n)))
        .filter(n -> n.all("subscript").stream().allMatch(i -> i.is("slice", "integer")))
        .findFirst()
        .ifPresent(
            n ->
                found.add(
                    Finding.of(
                        FUNCALL,
                        0.45,
                        "%s makes a view of a tensor; the line %s"
                            .formatted(quote(n), spot.rate()))));
  }
}
