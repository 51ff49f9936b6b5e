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
          Finding.of(CUSTOM_OP, 0.6, "One tensor is filled piece by piece, a launch for each"));
    }
    if (isRearranged(spot)) {
      return List.of(
          Finding.of(
              CUSTOM_OP,
              0.86,
              "Tensors are split, rearranged and joined by one launch after another"));
    }
    if (!launches(spot, spot.statement())) {
      return List.of();
    }
    long chain =
        spot.hot().stream()
            .filter(s -> Math.abs(s.line() - spot.statement().line()) <= NEAR)
            .filter(s -> launches(spot, s) && !isCopy(s))
            .count();
    if (chain >= CHAIN) {
      return List.of(
          Finding.of(
              CUSTOM_OP,
              0.76,
              "%d statements nearby launch small tensor operators one by one".formatted(chain)));
    }
    long here =
        spot.nodes().stream()
            .filter(
                n ->
                    Call.of(n).filter(c -> TensorOps.launches(spot, c)).isPresent()
                        || (n.is("binary_operator") && TensorOps.isTensorArithmetic(spot, n)))
            .count();
    return here >= 3
        ? List.of(
            Finding.of(
                CUSTOM_OP,
                0.55,
                "It launches %d tensor operators one after another".formatted(here)))
        : List.of(
            Finding.of(
                CUSTOM_OP, 0.41, "It launches a tensor operator of its own, outside any graph"));
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
