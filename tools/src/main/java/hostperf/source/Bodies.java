package hostperf.source;

import java.util.Optional;
import java.util.Set;

/// What running a whole function does, seen from outside: its own locals do not count.
final class Bodies {
  /// They leave the function's effects as they are.
  private static final Set<String> DECORATORS =
      Set.of(
          "property",
          "cached_property",
          "staticmethod",
          "classmethod",
          "override",
          "cache",
          "lru_cache");

  private Bodies() {}

  /// @param inside for the function's own expressions
  static SideEffect of(SideEffects inside, PythonFunction function) {
    boolean plain =
        !function.isAsync()
            && function.nested().isEmpty()
            && function.decorators().stream().allMatch(Bodies::keepsEffects)
            && function.body().find("yield").findAny().isEmpty();
    return plain ? statements(inside, function.body(), false) : SideEffect.UNKNOWN;
  }

  /// Making an object: nothing happens but that its own attributes are set.
  static SideEffect constructor(SideEffects from, PythonClass type) {
    var types = from.types();
    if (type.isEnum()) { // a member that is there already
      return SideEffect.pureIf(
          type.method("_missing_").isEmpty()
              && type.method("__new__").isEmpty()
              && type.method("__init__").isEmpty());
    }
    boolean plain =
        types.lineages().isWhole(type)
            && type.node().text().indexOf("metaclass") < 0
            && types.lineages().method(type, "__new__").isEmpty()
            && types.lineages().method(type, "__post_init__").isEmpty()
            && types.lineages().method(type, "__setattr__").isEmpty()
            && types.lineages().of(type).stream()
                .noneMatch(c -> c.methods().stream().anyMatch(m -> m.hasDecorator("setter")));
    if (!plain) {
      return SideEffect.UNKNOWN;
    }
    var init = types.lineages().method(type, "__init__");
    return init.map(
            i ->
                i.nested().isEmpty()
                    ? statements(from.inside(i), i.body(), true)
                    : SideEffect.UNKNOWN)
        .orElse(SideEffect.PURE);
  }

  private static boolean keepsEffects(String decorator) {
    var name = decorator.replaceFirst("(?s)\\(.*", "");
    return DECORATORS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static SideEffect statements(SideEffects inside, Node block, boolean setsSelf) {
    return block.items().stream()
        .map(s -> statement(inside, s, setsSelf))
        .reduce(SideEffect.PURE, SideEffect::and);
  }

  private static SideEffect statement(SideEffects inside, Node node, boolean setsSelf) {
    return switch (node.kind()) {
      case "pass_statement", "break_statement", "continue_statement", "comment" -> SideEffect.PURE;
      case "expression_statement", "return_statement", "raise_statement", "assert_statement" ->
          node.items().stream()
              .map(i -> expression(inside, i, setsSelf))
              .reduce(SideEffect.PURE, SideEffect::and);
      case "if_statement", "elif_clause", "while_statement" ->
          asked(inside, node).and(blocks(inside, node, setsSelf));
      case "for_statement" ->
          node.child("right")
              .map(inside::of)
              .orElse(SideEffect.UNKNOWN)
              .and(inside.iterated(node.child("right")))
              .and(SideEffect.pureIf(node.child("left").filter(l -> isLocal(l)).isPresent()))
              .and(blocks(inside, node, setsSelf));
      case "else_clause" -> blocks(inside, node, setsSelf);
      default -> SideEffect.UNKNOWN;
    };
  }

  private static SideEffect asked(SideEffects inside, Node node) {
    var condition = node.child("condition");
    return condition
        .map(inside::of)
        .orElse(SideEffect.UNKNOWN)
        .and(inside.implicit().truth(condition));
  }

  private static SideEffect blocks(SideEffects inside, Node node, boolean setsSelf) {
    return node.children().stream()
        .filter(c -> c.is("block", "elif_clause", "else_clause"))
        .map(c -> c.is("block") ? statements(inside, c, setsSelf) : statement(inside, c, setsSelf))
        .reduce(SideEffect.PURE, SideEffect::and);
  }

  private static SideEffect expression(SideEffects inside, Node node, boolean setsSelf) {
    return switch (node.kind()) {
      case "assignment" ->
          node.child("right")
              .map(r -> r.is("assignment") ? expression(inside, r, setsSelf) : inside.of(r))
              .orElse(SideEffect.PURE)
              .and(bound(inside, node, setsSelf));
      case "augmented_assignment" ->
          node.child("right").map(inside::of).orElse(SideEffect.UNKNOWN).and(grown(inside, node));
      case "call" ->
          Call.of(node).filter(c -> growsOwn(inside, c)).isPresent()
              ? node.child("arguments").map(inside::of).orElse(SideEffect.PURE)
              : inside.of(node);
      default -> inside.of(node);
    };
  }

  private static SideEffect bound(SideEffects inside, Node assignment, boolean setsSelf) {
    var left = assignment.child("left");
    if (left.filter(l -> l.is("identifier")).isPresent()
        || setsSelf && left.filter(l -> l.text().matches("self\\.\\w+")).isPresent()) {
      return SideEffect.PURE;
    }
    return left.filter(Bodies::isLocal).isPresent()
        ? inside.iterated(assignment.child("right"))
        : SideEffect.EFFECT;
  }

  private static boolean isLocal(Node target) {
    return target.is("identifier")
        || target.is("pattern_list", "tuple_pattern")
            && target.items().stream().allMatch(Bodies::isLocal);
  }

  /// `n += 1` binds anew; `rows += more` changes the list, whoever holds it.
  private static SideEffect grown(SideEffects inside, Node assignment) {
    return assignment
        .child("left")
        .map(
            l ->
                !l.is("identifier")
                    ? SideEffect.EFFECT
                    : SideEffect.pureIf(
                        inside.kinds().is(l, Kind.NUMBER, Kind.TEXT, Kind.TUPLE)
                            || inside.kinds().isMadeHere(l)))
        .orElse(SideEffect.UNKNOWN);
  }

  /// `out.append(x)` on a container that the function made itself.
  private static boolean growsOwn(SideEffects inside, Call call) {
    return call.isNamed("append", "add", "extend")
        && call.receiver().filter(inside.kinds()::isMadeHere).isPresent()
        && (!call.isNamed("extend")
            || inside.iterated(Optional.of(call.positional().getFirst())) == SideEffect.PURE);
  }
}
