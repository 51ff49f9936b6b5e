package hostperf.source;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Methods of a value's class that Python calls for an operator, a test, a text or a subscript:
/// `__add__`, `__eq__`, `__bool__`, `__str__`, `__getitem__`.
final class ImplicitCalls {
  private final SideEffects effects;
  private final Types types;
  private final PythonFunction in;
  private final Kinds kinds;

  ImplicitCalls(SideEffects effects, Types types, PythonFunction in, Kinds kinds) {
    this.effects = effects;
    this.types = types;
    this.in = in;
    this.kinds = kinds;
  }

  SideEffect operands(List<Node> children) {
    return children.stream()
        .filter(c -> !c.field().equals("operator"))
        .map(c -> plain(c, "__add__", "__sub__", "__mul__", "__or__", "__and__", "__neg__"))
        .reduce(SideEffect.PURE, SideEffect::and);
  }

  SideEffect compared(Node comparison) {
    var operators = comparison.all("operators").stream().map(Node::text).toList();
    boolean searches = operators.stream().anyMatch(o -> o.matches("(not\\s+)?in"));
    if (operators.stream().allMatch(o -> o.matches("is(\\s+not)?"))) {
      return SideEffect.PURE;
    }
    return searches
        ? effects
            .iterated(Optional.of(comparison.items().getLast()))
            .and(hooks("__eq__", "__hash__"))
        : comparison.items().stream()
            .map(i -> plain(i, "__eq__", "__lt__", "__gt__", "__le__", "__ge__", "__ne__"))
            .reduce(SideEffect.PURE, SideEffect::and);
  }

  SideEffect truth(Optional<Node> asked) {
    return asked.map(a -> plain(a, "__bool__", "__len__")).orElse(SideEffect.UNKNOWN);
  }

  SideEffect shown(Optional<Node> value) {
    return value
        .map(
            v ->
                kinds.is(v, Kind.NUMBER, Kind.TEXT)
                    ? SideEffect.PURE
                    : plain(v, "__str__", "__repr__", "__format__").and(holdsOnly(v)))
        .orElse(SideEffect.UNKNOWN);
  }

  /// A container shows what it holds.
  private SideEffect holdsOnly(Node value) {
    if (kinds.of(value).isEmpty() || kinds.is(value, Kind.TENSOR)) {
      return SideEffect.PURE;
    }
    var element = types.element(value, in);
    var known = element.flatMap(types::named);
    if (known.isPresent()) {
      return answers(known.get(), "__str__", "__repr__");
    }
    return element
            .flatMap(e -> Kind.ofType(e.text()))
            .filter(k -> k == Kind.NUMBER || k == Kind.TEXT)
            .isPresent()
        ? SideEffect.PURE
        : effects.isLenient() ? hooks("__repr__") : SideEffect.UNKNOWN;
  }

  /// A value that answers these questions without code of its own: one of Python's types, or of a
  /// class whose source is there and has none of these methods.
  SideEffect plain(Node value, String... methods) {
    var bare = value.bare();
    if (bare.is("none", "lambda", "comparison_operator", "not_operator")
        || kinds.of(bare).isPresent()
        || bare.is("binary_operator", "boolean_operator", "unary_operator")) {
      return SideEffect.PURE; // of an operator's operands the answer is in `SideEffects`
    }
    var known = types.of(bare, in);
    if (known.isPresent()) {
      return answers(known.get(), methods);
    }
    if (Call.of(bare).filter(effects::isBuiltin).isPresent()) {
      return hooks(methods);
    }
    return effects.isLenient() ? hooks(methods) : SideEffect.UNKNOWN;
  }

  private SideEffect answers(PythonClass type, String... methods) {
    return SideEffect.pureIf(
        types.lineages().isWhole(type)
            && Stream.of(methods)
                .allMatch(
                    m ->
                        types.lineages().method(type, m).map(effects::body).orElse(SideEffect.PURE)
                                == SideEffect.PURE
                            && !types.lineages().isOverridden(type, m)));
  }

  /// Elements and keys are of whatever class: unknown where a class of the file has such a method
  /// that does more than answer.
  SideEffect hooks(String... methods) {
    return SideEffect.pureIf(
        in.file().classes().stream()
            .flatMap(c -> Stream.of(methods).flatMap(m -> c.method(m).stream()))
            .allMatch(m -> effects.body(m) == SideEffect.PURE));
  }

  SideEffect item(Node subscript) {
    var value = subscript.child("value");
    var kind = value.flatMap(kinds::of);
    if (kind.isPresent()) {
      return switch (kind.get()) {
        case DEFAULTING -> SideEffect.EFFECT;
        case SET, NUMBER -> SideEffect.UNKNOWN;
        case DICT, LIST, TUPLE, SEQUENCE, DEQUE, TEXT, TENSOR -> hooks("__hash__", "__index__");
      };
    }
    return effects.isLenient() ? hooks("__getitem__") : SideEffect.UNKNOWN;
  }
}
