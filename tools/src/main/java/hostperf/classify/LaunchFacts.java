package hostperf.classify;

import hostperf.source.Node;
import hostperf.source.Statements;
import hostperf.source.TensorOperations;
import java.util.Optional;

/// Tensor operations that a line runs, and costly statements nearby that run more of them.
final class LaunchFacts {
  /// Fewer are no chain: of the labelled cases that were fused, the shortest had five launching
  /// statements.
  private static final int CHAIN = 4;
  /// Statements further apart belong to different steps of the function.
  private static final int NEAR = 40;

  private final Spot spot;
  private final TensorOperations operations;
  private final FactList facts;

  LaunchFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.operations = spot.operations();
    this.facts = facts;
  }

  void launches() {
    var own = spot.nodes().stream().filter(n -> operations.mayLaunch(n)).findFirst();
    if (own.isEmpty()) {
      return;
    }
    boolean sure = spot.nodes().stream().anyMatch(n -> operations.surelyLaunches(n));
    var sentence = "%s runs a tensor operation" + (sure ? "" : ", if it is given tensors");
    if (sure) {
      facts.seen(Known.LAUNCHES, sentence, own.get());
    } else {
      facts.named(Known.LAUNCHES, sentence, own.get());
    }
    long near = launchesNear();
    if (near >= CHAIN) {
      facts.seen(
          Known.LAUNCHES_CHAIN,
          "%s costly statements nearby work on tensors one operation at a time",
          near);
    }
    if (isPieced()) {
      facts.seen(Known.FILLS_PIECES, "An array is filled piece by piece, in several statements");
    }
  }

  /// Costly statements nearby that launch.
  private long launchesNear() {
    return spot.hot().stream()
        .filter(s -> Math.abs(s.line() - spot.statement().line()) <= NEAR)
        .filter(s -> Statements.own(s).stream().anyMatch(operations::mayLaunch))
        .count();
  }

  /// `k[..., :n] = a` with `k[..., n:] = b` beside it.
  private boolean isPieced() {
    return piece(spot.statement()).stream()
        .anyMatch(
            own ->
                spot.hot().stream()
                    .filter(s -> s != spot.statement())
                    .flatMap(s -> piece(s).stream())
                    .filter(
                        p ->
                            p.child("value")
                                .map(Node::text)
                                .equals(own.child("value").map(Node::text)))
                    .anyMatch(p -> !p.text().equals(own.text())));
  }

  private static Optional<Node> piece(Node statement) {
    return statement.items().stream()
        .filter(n -> n.is("assignment"))
        .filter(n -> n.child("right").filter(r -> r.is("identifier", "attribute")).isPresent())
        .flatMap(n -> n.child("left").stream())
        .filter(l -> TensorOperations.isPart(l) && l.all("subscript").size() > 1)
        .findFirst();
  }
}
