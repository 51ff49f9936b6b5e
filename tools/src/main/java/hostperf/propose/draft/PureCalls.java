package hostperf.propose.draft;

import hostperf.propose.draft.Kinds.Kind;
import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which calls are seen to have no effect but their result.
///
/// Known are Python's own functions, methods of objects that are seen to be of Python's own types,
/// and functions of the checkout whose bodies do nothing else. A call on anything else is not: a
/// queue's `get` takes an entry out, and going over an iterator uses it up.
final class PureCalls {
  private static final int MOST_LEVELS = 3;

  /// On whatever they are given.
  private static final Set<String> PLAIN =
      Set.of(
          "len",
          "abs",
          "isinstance",
          "issubclass",
          "type",
          "int",
          "float",
          "bool",
          "str",
          "range",
          "id",
          "repr",
          "hash",
          "round",
          "divmod",
          "callable",
          "chr",
          "ord",
          "math.ceil",
          "math.floor",
          "math.log2",
          "math.sqrt");

  /// On what can be iterated over again.
  private static final Set<String> ITERATING =
      Set.of(
          "min",
          "max",
          "sum",
          "tuple",
          "frozenset",
          "list",
          "set",
          "dict",
          "sorted",
          "enumerate",
          "zip",
          "reversed",
          "any",
          "all");

  private static final Map<Kind, Set<String>> READERS =
      new EnumMap<>(
          Map.of(
              Kind.DICT,
              Set.of("get", "keys", "values", "items", "copy"),
              Kind.LIST,
              Set.of("index", "count", "copy"),
              Kind.TUPLE,
              Set.of("index", "count"),
              Kind.SET,
              Set.of("copy", "union", "intersection", "difference", "issubset", "issuperset"),
              Kind.TEXT,
              Set.of(
                  "startswith",
                  "endswith",
                  "split",
                  "strip",
                  "lstrip",
                  "rstrip",
                  "lower",
                  "upper",
                  "join",
                  "format",
                  "replace",
                  "find",
                  "count",
                  "index",
                  "isdigit",
                  "encode",
                  "decode",
                  "partition",
                  "splitlines"),
              Kind.NUMBER,
              Set.of("bit_length", "to_bytes"),
              Kind.TENSOR,
              Set.of(
                  "size",
                  "dim",
                  "numel",
                  "element_size",
                  "is_contiguous",
                  "data_ptr",
                  "stride",
                  "item",
                  "tolist")));

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

  private final Spot spot;
  private final Kinds kinds;
  private final int levels;

  PureCalls(Spot spot) {
    this(spot, MOST_LEVELS);
  }

  private PureCalls(Spot spot, int levels) {
    this.spot = spot;
    this.kinds = new Kinds(spot);
    this.levels = levels;
  }

  /// Whether nothing in an expression is seen or suspected to have an effect: each call in it is
  /// pure, it binds nothing, uses up no iterator and reads no property that does more than read.
  /// What an attribute of an unknown class does is left open, see `isSeen`.
  boolean isPure(Node expression) {
    return expression.tree().noneMatch(n -> n.is("await", "yield", "named_expression"))
        && PythonFunction.calls(expression).stream().allMatch(this::isPure)
        && usesUpNothing(expression)
        && expression.find("attribute").allMatch(a -> property(a).allMatch(this::hasPureBody));
  }

  /// Pure, and each attribute that it reads is seen to be a plain one or a pure property.
  boolean isSeen(Node expression) {
    return isPure(expression) && expression.find("attribute").allMatch(this::isKnown);
  }

  boolean isPure(Call call) {
    if (isBuiltin(call)) {
      return isPureBuiltin(call);
    }
    var resolved = resolved(call);
    if (resolved.isPresent()) {
      return hasPureBody(resolved.get());
    }
    return call.receiver()
            .flatMap(kinds::of)
            .filter(k -> READERS.getOrDefault(k, Set.of()).contains(call.name()))
            .isPresent()
        && (!call.isNamed("join", "union", "intersection", "difference", "issubset", "issuperset")
            || call.positional().stream().allMatch(kinds::isReiterable));
  }

  /// Python's own function of that name, which nobody has taken.
  boolean isBuiltin(Call call) {
    return call.callee().contains(".")
        ? PLAIN.contains(call.resolved()) && call.resolved().startsWith("math.")
        : (PLAIN.contains(call.callee()) || ITERATING.contains(call.callee()))
            && kinds.isOwn(call.callee());
  }

  private boolean isPureBuiltin(Call call) {
    boolean compares = call.isNamed("min", "max") && call.positional().size() > 1;
    return !ITERATING.contains(call.callee())
        || compares
        || call.positional().stream().allMatch(kinds::isReiterable);
  }

  /// Iterating over something of which it is not known whether it can be done again is an effect,
  /// `x in something` and `*something` too.
  private boolean usesUpNothing(Node expression) {
    boolean iterates =
        expression
            .find("for_in_clause", "for_statement")
            .flatMap(c -> c.child("right").stream())
            .allMatch(kinds::isReiterable);
    boolean splats =
        expression
            .find("list_splat")
            .flatMap(s -> s.items().stream())
            .allMatch(kinds::isReiterable);
    boolean searches =
        expression
            .find("comparison_operator")
            .filter(
                c -> c.all("operators").stream().anyMatch(o -> o.text().matches("(not\\s+)?in")))
            .map(c -> c.items().getLast())
            .allMatch(kinds::isReiterable);
    return iterates && splats && searches;
  }

  /// The function that is called: one of the same file, or a method of an object whose class is
  /// known.
  Optional<PythonFunction> resolved(Call call) {
    return call.receiver().isPresent()
        ? new Types(spot).method(call)
        : spot.names().bindings(call.callee()).isEmpty()
            ? spot.file().functions().stream()
                .filter(f -> f.qualifiedName().equals(call.callee()))
                .findFirst()
            : Optional.empty();
  }

  /// The properties that reading an attribute may run: that of its class where it is known, else
  /// all of that name in the file.
  java.util.stream.Stream<PythonFunction> property(Node attribute) {
    var name = attribute.child("attribute").map(Node::text).orElse("");
    var path = Names.path(attribute);
    var owner = attribute.child("object").flatMap(new Types(spot)::of);
    return owner.isPresent()
        ? path.flatMap(new Types(spot)::property).stream()
        : spot.file().properties(name).stream();
  }

  /// What reading it does is known: it is a method that is called, a part of a module, an attribute
  /// that its class sets, or a property that was looked into.
  boolean isKnown(Node attribute) {
    var types = new Types(spot);
    var path = Names.path(attribute);
    boolean called =
        attribute.field().equals("function")
            && attribute.parent().filter(p -> p.is("call")).isPresent();
    boolean ofModule =
        path.filter(p -> spot.file().imports().names().containsKey(p.split("\\.")[0])).isPresent();
    return called
        || ofModule
        || path.flatMap(types::property).isPresent()
        || path.flatMap(types::attribute).isPresent();
  }

  private boolean hasPureBody(PythonFunction called) {
    if (levels == 0
        || called.isAsync()
        || !called.nested().isEmpty()
        || !called.decorators().stream().allMatch(PureCalls::keepsEffects)) {
      return false;
    }
    var inside = new PureCalls(spot.of(called), levels - 1);
    return called
            .body()
            .tree()
            .noneMatch(
                n ->
                    n.is(
                        "yield",
                        "await",
                        "with_statement",
                        "named_expression",
                        "global_statement",
                        "nonlocal_statement",
                        "delete_statement"))
        && Names.writtenIn(called.body()).stream().noneMatch(w -> w.contains("."))
        && called.body().find("assignment", "augmented_assignment").allMatch(PureCalls::bindsLocal)
        && inside.usesUpNothing(called.body())
        && called
            .body()
            .find("attribute")
            .allMatch(a -> inside.property(a).allMatch(inside::hasPureBody))
        && PythonFunction.calls(called.body()).stream()
            .allMatch(c -> inside.isPure(c) || inside.growsLocal(c));
  }

  private static boolean keepsEffects(String decorator) {
    var name = decorator.replaceFirst("(?s)\\(.*", "");
    return DECORATORS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static boolean bindsLocal(Node assignment) {
    return assignment
        .child("left")
        .filter(
            l ->
                l.is("identifier")
                    || l.is("pattern_list") && l.items().stream().allMatch(i -> i.is("identifier")))
        .isPresent();
  }

  /// `out.append(x)` on a list that the function made itself.
  private boolean growsLocal(Call call) {
    return call.isNamed("append", "extend", "add")
        && call.receiver().filter(kinds::isMadeHere).isPresent()
        && (!call.isNamed("extend") || call.positional().stream().allMatch(kinds::isReiterable));
  }

  /// Whether an expression only makes objects: besides pure calls, constructors of classes of the
  /// checkout that set nothing but their own attributes, and torch's and numpy's makers.
  boolean makesOnly(Node expression) {
    return expression.tree().noneMatch(n -> n.is("await", "yield", "named_expression"))
        && usesUpNothing(expression)
        && expression.find("attribute").allMatch(a -> property(a).allMatch(this::hasPureBody))
        && PythonFunction.calls(expression).stream()
            .allMatch(
                c ->
                    isPure(c)
                        || new Types(spot)
                            .named(spot.file(), c.callee())
                            .filter(this::makes)
                            .isPresent()
                        || c.resolved()
                            .matches(
                                "(torch|numpy)\\.(tensor|zeros|ones|empty|full|arange|array|as_tensor|stack|cat)"));
  }

  private boolean makes(Types.Known known) {
    var type = known.type();
    boolean alone =
        type.bases().stream().allMatch(b -> b.matches("object|(typing\\.)?NamedTuple"))
            && type.method("__new__").isEmpty()
            && type.method("__post_init__").isEmpty();
    return alone && type.method("__init__").filter(i -> !setsOnlyItself(i)).isEmpty();
  }

  private boolean setsOnlyItself(PythonFunction init) {
    var inside = new PureCalls(spot.of(init), levels - 1);
    return levels > 0
        && Names.writtenIn(init.body()).stream()
            .allMatch(w -> !w.contains(".") || w.matches("self\\.\\w+"))
        && init.body()
            .tree()
            .noneMatch(n -> n.is("yield", "await", "with_statement", "global_statement"))
        && inside.usesUpNothing(init.body())
        && PythonFunction.calls(init.body()).stream()
            .allMatch(c -> inside.isPure(c) || inside.growsLocal(c));
  }
}
