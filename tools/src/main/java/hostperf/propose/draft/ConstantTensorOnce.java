package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A tensor of literals that is made on every turn of a loop → made once before the loop.
///
/// Making it once for all calls is left to the reader: whether the tensor may outlive the call
/// (graph capture, devices) is not to be seen in the function.
final class ConstantTensorOnce implements Shape {
  private static final Set<String> MAKERS =
      Set.of(
          "torch.tensor",
          "torch.zeros",
          "torch.ones",
          "torch.full",
          "torch.arange",
          "torch.eye",
          "numpy.array",
          "numpy.zeros",
          "numpy.ones",
          "numpy.arange");

  @Override
  public String pattern() {
    return "constant-tensor-once";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.calls()
        .filter(c -> MAKERS.contains(c.resolved()))
        .filter(c -> spot.loops(c.node()).stream().anyMatch(l -> !l.isComprehension()))
        .map(c -> attempt(spot, c))
        .filter(a -> !a.equals(Attempt.NO_MATCH))
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Call call) {
    Optional<Loop> outermost = Optional.empty();
    for (var loop : spot.loops(call.node())) {
      if (Stability.in(loop, call.node(), spot).broken().isPresent() || loop.isComprehension()) {
        break;
      }
      outermost = Optional.of(loop);
    }
    if (outermost.isEmpty()) {
      return Attempt.refused(
          "constant",
          "an argument of `%s` changes inside the loop".formatted(Syntax.brief(call.node())));
    }
    if (!spot.pure().isPure(call.node())
        && call.positional().stream().anyMatch(a -> !spot.pure().isPure(a))) {
      return Attempt.NO_MATCH;
    }
    if (!Syntax.isUnconditional(call.node(), outermost.get().node())) {
      return Attempt.refused("constant", "it is made only under a condition inside the loop");
    }
    var written = written(spot, call);
    return written.isPresent()
        ? Attempt.refused("never_written", written.get())
        : draft(spot, call, outermost.get());
  }

  /// The tensor, or the name it gets, is only an operand: nobody keeps it or writes into it.
  private static Optional<String> written(Spot spot, Call call) {
    var name =
        call.node()
            .parent()
            .filter(p -> p.is("assignment") && call.node().field().equals("right"))
            .flatMap(p -> p.child("left"))
            .flatMap(Names::path);
    if (name.isEmpty()) {
      return isOperand(call.node())
          ? Optional.empty()
          : Optional.of(
              "`%s` is handed on, and may be written into".formatted(Syntax.brief(call.node())));
    }
    if (name.get().contains(".") || spot.names().bindings(name.get()).size() > 1) {
      return Optional.of("`%s` is set or written into elsewhere".formatted(name.get()));
    }
    return spot.names().uses(name.get()).stream().allMatch(ConstantTensorOnce::isOperand)
        ? Optional.empty()
        : Optional.of("`%s` is handed on, and may be written into".formatted(name.get()));
  }

  private static boolean isOperand(Node use) {
    return use.parent()
        .filter(
            p ->
                p.is("binary_operator", "comparison_operator", "unary_operator")
                    || p.is("subscript") && !Syntax.isTarget(p))
        .isPresent();
  }

  private static Attempt draft(Spot spot, Call call, Loop loop) {
    if (!Edits.ownsItsLines(loop.node())) {
      return Attempt.NO_MATCH;
    }
    var statement = spot.statement();
    var edits = new Edits(spot.file());
    if (Syntax.only(statement)
            .flatMap(a -> a.child("right"))
            .filter(r -> r == call.node())
            .isPresent()
        && Edits.ownsItsLines(statement)
        && Syntax.siblings(statement).size() > 1) {
      edits.above(loop.node(), edits.lines(statement, statement, Edits.indent(loop.node())));
      edits.remove(statement);
    } else {
      var name = FreshName.of("constant", spot.file());
      edits.above(loop.node(), name + " = " + call.node().text()).replace(call.node(), name);
    }
    return Attempt.draft(
        edits,
        new ArrayList<>(List.of("constant", "never_written")),
        "Makes `%s` once, before the loop.".formatted(Syntax.brief(call.node())));
  }
}
