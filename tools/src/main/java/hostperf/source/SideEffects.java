package hostperf.source;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What evaluating an expression of one function does beside giving a value, by the classes that
/// the source tells.
///
/// A method is pure only on a receiver whose class is seen: a queue's `get` takes an entry out, a
/// dict's does not. An attribute may be a property, an operator a method, and going over something
/// may use it up; where the class is not seen the answer is UNKNOWN, whatever the name.
public final class SideEffects {
  private static final int MOST_LEVELS = 4;

  private final Types types;
  private final PythonFunction in;
  private final Kinds kinds;
  private final SureCallees callees;
  private final ImplicitCalls implicit;
  private final int levels;

  /// Bodies that are being looked into: one that calls itself does no more for that.
  private final Set<PythonFunction> open;

  /// Whether an unknown attribute, operator or text is taken for what it usually is, unless a class
  /// of the file makes something else of it.
  private final boolean isLenient;

  /// @param types sure ones
  public SideEffects(Types types, PythonFunction in) {
    this(types, in, MOST_LEVELS, Set.of(), false);
  }

  private SideEffects(
      Types types, PythonFunction in, int levels, Set<PythonFunction> open, boolean isLenient) {
    this.types = types;
    this.in = in;
    this.kinds = new Kinds(types, in);
    this.callees = new SureCallees(types, in);
    this.levels = levels;
    this.open = open;
    this.isLenient = isLenient;
    this.implicit = new ImplicitCalls(this, types, in, kinds);
  }

  SideEffects inside(PythonFunction called) {
    var deeper = new HashSet<>(open);
    deeper.add(called);
    return new SideEffects(types, called, levels - 1, deeper, isLenient);
  }

  Types types() {
    return types;
  }

  Kinds kinds() {
    return kinds;
  }

  ImplicitCalls implicit() {
    return implicit;
  }

  boolean isLenient() {
    return isLenient;
  }

  public SureCallees callees() {
    return callees;
  }

  public boolean isPure(Node expression) {
    return of(expression) == SideEffect.PURE;
  }

  /// Whether it calls nothing but what is pure, and reads nothing of which the file shows that
  /// reading does more. What an attribute of an unknown class does is left open.
  public boolean onlyReads(Node expression) {
    return new SideEffects(types, in, levels, open, true).of(expression) == SideEffect.PURE;
  }

  /// The innermost part of an expression that is not seen to be pure; none where all is.
  public Optional<Node> doubt(Node expression) {
    return expression
        .tree()
        .filter(
            n ->
                n.is("attribute", "call", "subscript", "interpolation", "for_in_clause")
                    || n.kind().endsWith("operator")
                    || n.is("list_splat", "await", "yield"))
        .filter(n -> of(n) != SideEffect.PURE)
        .reduce((_, inner) -> inner);
  }

  public SideEffect of(Node node) {
    return switch (node.kind()) {
      case "identifier",
          "integer",
          "float",
          "true",
          "false",
          "none",
          "lambda",
          "ellipsis",
          "type",
          "string_start",
          "string_content",
          "string_end",
          "escape_sequence",
          "operator",
          "comment",
          "type_conversion",
          "format_specifier" ->
          SideEffect.PURE;
      case "attribute" ->
          node.child("object").map(this::of).orElse(SideEffect.UNKNOWN).and(read(node));
      case "call" -> Call.of(node).map(c -> call(c)).orElse(SideEffect.UNKNOWN);
      case "subscript" -> each(node).and(implicit.item(node));
      case "interpolation" -> each(node).and(implicit.shown(node.child("expression")));
      case "binary_operator", "unary_operator" ->
          each(node).and(implicit.operands(node.children()));
      case "comparison_operator" -> each(node).and(implicit.compared(node));
      case "not_operator" -> each(node).and(implicit.truth(node.child("argument")));
      case "boolean_operator" -> each(node).and(implicit.truth(node.child("left")));
      case "conditional_expression" ->
          each(node).and(implicit.truth(Optional.of(node.items().get(1))));
      case "for_in_clause" -> each(node).and(iterated(node.child("right")));
      case "list_splat" -> each(node).and(iterated(node.items().stream().findFirst()));
      case "if_clause" -> each(node).and(implicit.truth(node.items().stream().findFirst()));
      case "list",
          "tuple",
          "set",
          "dictionary",
          "pair",
          "string",
          "concatenated_string",
          "parenthesized_expression",
          "expression_list",
          "argument_list",
          "slice",
          "list_comprehension",
          "set_comprehension",
          "dictionary_comprehension",
          "generator_expression",
          "pattern_list",
          "tuple_pattern" ->
          each(node);
      case "keyword_argument" -> node.child("value").map(this::of).orElse(SideEffect.UNKNOWN);
      case "await", "yield", "named_expression" -> SideEffect.EFFECT;
      default -> SideEffect.UNKNOWN;
    };
  }

  private SideEffect each(Node node) {
    return node.children().stream()
        .filter(c -> !c.field().startsWith("operator"))
        .map(this::of)
        .reduce(SideEffect.PURE, SideEffect::and);
  }

  SideEffect iterated(Optional<Node> over) {
    return SideEffect.pureIf(over.filter(kinds::isReiterable).isPresent());
  }

  private SideEffect read(Node attribute) {
    var name = attribute.child("attribute").map(Node::text).orElse("");
    var object = attribute.child("object").orElse(attribute);
    var owner = types.of(object, in);
    if (owner.isPresent()) {
      return read(owner.get(), name);
    }
    if (callees.isModuleOrClass(object) || kinds.of(object).isPresent()) {
      return SideEffect.PURE;
    }
    return isLenient && isUnsuspected(name) ? SideEffect.PURE : SideEffect.UNKNOWN;
  }

  private SideEffect read(PythonClass owner, String name) {
    var method = types.lineages().method(owner, name);
    if (owner.isEnum() && (name.equals("name") || name.equals("value"))) {
      return SideEffect.pureIf(method.isEmpty());
    }
    if (types.lineages().isOverridden(owner, name)
        || types.lineages().method(owner, "__getattribute__").isPresent()) {
      return SideEffect.UNKNOWN;
    }
    if (method.isPresent()) {
      return method.filter(PythonFunction::isProperty).map(this::body).orElse(SideEffect.PURE);
    }
    var said = types.lineages().attribute(owner, name);
    return said.isPresent()
        ? SideEffect.pureIf(!isDescriptor(said.get()))
        : SideEffect.pureIf(
            isLenient
                && types.lineages().isWhole(owner)
                && types.lineages().method(owner, "__getattr__").isEmpty());
  }

  /// An object that the class body makes may be one; `field(…)` of a dataclass is none.
  private static boolean isDescriptor(Lineages.Said said) {
    return said.attribute()
        .value()
        .filter(v -> v.is("call") && v.ancestor("function_definition").isEmpty())
        .flatMap(Call::of)
        .filter(c -> !c.isNamed("field", "Field", "auto"))
        .isPresent();
  }

  private boolean isUnsuspected(String name) {
    return in.file().properties(name).stream().allMatch(p -> body(p) == SideEffect.PURE)
        && implicit.hooks("__getattr__", "__getattribute__") == SideEffect.PURE;
  }

  private SideEffect call(Call call) {
    var arguments = call.node().child("arguments").map(this::of).orElse(SideEffect.PURE);
    return arguments.and(called(call));
  }

  private SideEffect called(Call call) {
    if (isBuiltin(call)) {
      return builtin(call);
    }
    if (call.resolved().matches(Builtin.MAKERS)) {
      return SideEffect.PURE;
    }
    var made = types.made(call, in);
    if (made.isPresent()) {
      return Bodies.constructor(this, made.get());
    }
    var before = call.receiver().map(this::of).orElse(SideEffect.PURE);
    return before.and(
        callees
            .of(call)
            .map(f -> body(f).and(given(f, call)))
            .orElseGet(
                () ->
                    call.receiver()
                        .flatMap(kinds::of)
                        .map(k -> of(k, call))
                        .orElse(SideEffect.UNKNOWN)));
  }

  /// What a function does was judged by its annotations, so it has to be given what they say.
  private SideEffect given(PythonFunction function, Call call) {
    var annotated = function.parameters().stream().anyMatch(p -> p.annotation().isPresent());
    return SideEffect.pureIf(
        !annotated
            || call.positional().stream()
                .allMatch(
                    a -> kinds.of(a).isPresent() || types.of(a, in).isPresent() || a.is("none")));
  }

  private SideEffect of(Kind kind, Call call) {
    if (!Builtin.reads(kind, call.name())) {
      return Names.mutates(call.name()) ? SideEffect.EFFECT : SideEffect.UNKNOWN;
    }
    return Builtin.GOING_OVER.contains(call.name())
        ? call.positional().stream()
            .map(a -> iterated(Optional.of(a)))
            .reduce(SideEffect.PURE, SideEffect::and)
        : call.isNamed("format", "index", "count")
            ? implicit.hooks("__format__", "__str__", "__repr__", "__eq__")
            : SideEffect.PURE;
  }

  /// Python's own function of that name, which nobody has taken.
  public boolean isBuiltin(Call call) {
    return call.callee().contains(".")
        ? Builtin.ASKING.contains(call.resolved()) && call.resolved().startsWith("math.")
        : Builtin.isFunction(call.callee()) && kinds.isOwn(call.callee());
  }

  private SideEffect builtin(Call call) {
    var name = call.callee();
    if (Builtin.ACTING.contains(name)) {
      return SideEffect.EFFECT;
    }
    if (Builtin.PLAIN.contains(name)) {
      return SideEffect.PURE;
    }
    var key =
        call.keyword("key").map(k -> k.child("body").map(this::of).orElse(SideEffect.UNKNOWN));
    if (name.equals("map")) {
      return call.argument(0).filter(this::isPlainFunction).isPresent()
          ? call.positional().stream()
              .skip(1)
              .map(a -> iterated(Optional.of(a)))
              .reduce(implicit.hooks("__add__", "__mul__", "__int__", "__len__"), SideEffect::and)
          : SideEffect.UNKNOWN;
    }
    boolean compares = call.isNamed("min", "max") && call.positional().size() > 1;
    if (Builtin.ITERATING.contains(name) && !compares) {
      return call.positional().stream()
          .map(a -> iterated(Optional.of(a)))
          .reduce(
              implicit.hooks("__lt__", "__eq__", "__hash__", "__add__", "__bool__"),
              SideEffect::and)
          .and(key.orElse(SideEffect.PURE));
    }
    return call.positional().stream()
        .map(
            a ->
                call.isNamed("str", "repr")
                    ? implicit.shown(Optional.of(a))
                    : implicit.plain(a, "__" + name + "__", "__lt__", "__gt__", "__index__"))
        .reduce(key.orElse(SideEffect.PURE), SideEffect::and);
  }

  /// `len`, `operator.mul`.
  private boolean isPlainFunction(Node function) {
    var path = Names.path(function).orElse("");
    return Builtin.ASKING.contains(path) && kinds.isOwn(path)
        || in.file().imports().resolve(path).startsWith("operator.")
            && in.names().bindings(path.split("\\.")[0]).isEmpty();
  }

  SideEffect body(PythonFunction function) {
    if (open.contains(function)) {
      return SideEffect.PURE;
    }
    return levels == 0 ? SideEffect.UNKNOWN : Bodies.of(inside(function), function);
  }
}
