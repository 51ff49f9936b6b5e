package hostperf.classify;

import static hostperf.classify.HotspotType.CUSTOM_OP;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;
import java.util.Optional;

/// CUSTOM_OP: a chain of small tensor operators, each launched on its own; one compiled or fused
/// function would do.
final class CustomOpRule implements Rule {
  /// Fewer are no chain: of the labelled cases that were fused, the shortest had five launching
  /// statements.
  private static final int CHAIN = 4;

  /// Statements further apart belong to different steps of the function.
  private static final int NEAR = 40;

  @Override
  public List<Finding> findings(Spot spot) {
    if (isPieced(spot)) {
      return List.of(
          Finding.of(CUSTOM_OP, 0.6, "An array is filled piece by piece, in several statements"));
    }
    if (isRearranged(spot)) {
      return List.of(
          Finding.of(CUSTOM_OP, 0.86, "`rearrange` stands among other costly calls nearby"));
    }
    if (!launches(spot, spot.statement())) {
      return List.of();
    }
    var chain =
        spot.hot().stream()
            .filter(s -> Math.abs(s.line() - spot.statement().line()) <= NEAR)
            .filter(s -> launches(spot, s) && !isCopy(s))
            .toList();
    if (chain.size() >= CHAIN) {
      long seen = chain.stream().filter(s -> surelyLaunches(spot, s)).count();
      return List.of(
          Finding.of(
              CUSTOM_OP,
              0.76,
              seen >= CHAIN
                  ? "%d statements nearby launch tensor operators one by one".formatted(seen)
                  : "%d statements nearby launch tensor operators, if their values are tensors as named or used"
                      .formatted(chain.size())));
    }
    long here = spot.nodes().stream().filter(n -> launchesItself(spot, n)).count();
    long seen = spot.nodes().stream().filter(n -> TensorOps.surelyLaunches(spot, n)).count();
    if (here >= 3 && seen >= 3) {
      return List.of(
          Finding.of(
              CUSTOM_OP,
              0.55,
              "It launches %d tensor operators one after another".formatted(seen)));
    }
    return List.of(
        Finding.of(
            CUSTOM_OP,
            here >= 3 ? 0.49 : 0.41,
            seen > 0
                ? "It launches a tensor operator of its own"
                : "It launches a tensor operator, if its values are tensors as named or used"));
  }

  private static boolean launchesItself(Spot spot, Node node) {
    return Call.of(node).filter(c -> TensorOps.launches(spot, c)).isPresent()
        || (node.is("binary_operator") && TensorOps.isTensorArithmetic(spot, node));
  }

  private static boolean surelyLaunches(Spot spot, Node statement) {
    return Statements.own(statement).stream().anyMatch(n -> TensorOps.surelyLaunches(spot, n));
  }

  /// A rearrangement with at least two more costly calls on tensors beside it, which are none.
  private static boolean isRearranged(Spot spot) {
    return spot.calls().stream().anyMatch(c -> c.isNamed("rearrange"))
        && spot.hot().stream()
                .filter(s -> Math.abs(s.line() - spot.statement().line()) <= NEAR)
                .flatMap(s -> Statements.own(s).stream())
                .flatMap(n -> Call.of(n).stream())
                .filter(c -> !c.isNamed("rearrange", "contiguous"))
                .count()
            >= 2;
  }

  /// `k[..., :n] = a` with `k[..., n:] = b` beside it.
  private static boolean isPieced(Spot spot) {
    return piece(spot.statement())
        .filter(
            own ->
                spot.hot().stream()
                    .filter(s -> s != spot.statement())
                    .flatMap(s -> piece(s).stream())
                    .anyMatch(
                        other -> base(other).equals(base(own)) && !other.text().equals(own.text())))
        .isPresent();
  }

  /// The part of a tensor of several dimensions that a statement fills from another tensor.
  private static Optional<Node> piece(Node statement) {
    return statement.items().stream()
        .filter(n -> n.is("assignment"))
        .filter(n -> n.child("right").filter(r -> r.is("identifier", "attribute")).isPresent())
        .flatMap(n -> n.child("left").stream())
        .filter(l -> TensorOps.isPart(l) && l.all("subscript").size() > 1)
        .findFirst();
  }

  private static Optional<String> base(Node subscript) {
    return subscript.child("value").map(Node::text);
  }

  /// `buffer.copy_(x)`: moves, and has nothing to fuse with.
  private static boolean isCopy(Node statement) {
    return statement.items().stream()
        .findFirst()
        .flatMap(Call::of)
        .filter(
            c ->
                c.isNamed("copy_")
                    && c.positional().stream().allMatch(a -> a.is("identifier", "attribute")))
        .isPresent();
  }

  private static boolean launches(Spot spot, Node statement) {
    return Statements.own(statement).stream()
        .anyMatch(
            n ->
                Call.of(n).filter(c -> TensorOps.launches(spot, c)).isPresent()
                    || TensorOps.isTensorArithmetic(spot, n));
  }
}
