package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Names.Binding;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which of Python's own types, or a tensor, an expression is seen to be: by what it is, what
/// its name is bound to, by an annotation, or by an `isinstance` around it. A name says nothing.
final class Kinds {
  enum Kind {
    DICT,
    LIST,
    TUPLE,
    SET,
    TEXT,
    NUMBER,
    TENSOR
  }

  private static final Map<String, Kind> BY_TYPE =
      Map.ofEntries(
          Map.entry("dict", Kind.DICT),
          Map.entry("mapping", Kind.DICT),
          Map.entry("ordereddict", Kind.DICT),
          Map.entry("defaultdict", Kind.DICT),
          Map.entry("counter", Kind.DICT),
          Map.entry("list", Kind.LIST),
          Map.entry("sequence", Kind.LIST),
          Map.entry("deque", Kind.LIST),
          Map.entry("tuple", Kind.TUPLE),
          Map.entry("range", Kind.TUPLE),
          Map.entry("set", Kind.SET),
          Map.entry("frozenset", Kind.SET),
          Map.entry("str", Kind.TEXT),
          Map.entry("bytes", Kind.TEXT),
          Map.entry("int", Kind.NUMBER),
          Map.entry("float", Kind.NUMBER),
          Map.entry("bool", Kind.NUMBER),
          Map.entry("tensor", Kind.TENSOR),
          Map.entry("ndarray", Kind.TENSOR));

  /// What they make is given by their name, as long as nobody has taken it.
  private static final Map<String, Kind> MADE_BY =
      Map.ofEntries(
          Map.entry("dict", Kind.DICT),
          Map.entry("collections.OrderedDict", Kind.DICT),
          Map.entry("collections.defaultdict", Kind.DICT),
          Map.entry("collections.Counter", Kind.DICT),
          Map.entry("list", Kind.LIST),
          Map.entry("sorted", Kind.LIST),
          Map.entry("collections.deque", Kind.LIST),
          Map.entry("tuple", Kind.TUPLE),
          Map.entry("range", Kind.TUPLE),
          Map.entry("set", Kind.SET),
          Map.entry("frozenset", Kind.SET),
          Map.entry("str", Kind.TEXT),
          Map.entry("repr", Kind.TEXT),
          Map.entry("len", Kind.NUMBER),
          Map.entry("int", Kind.NUMBER),
          Map.entry("float", Kind.NUMBER));

  private static final Set<String> LAZY = Set.of("zip", "enumerate", "reversed");

  /// Definitions can be circular.
  private static final int MOST_STEPS = 6;

  private final Spot spot;

  Kinds(Spot spot) {
    this.spot = spot;
  }

  Optional<Kind> of(Node expression) {
    return of(Syntax.bare(expression), MOST_STEPS);
  }

  boolean is(Node expression, Kind first, Kind... others) {
    return of(expression).filter(EnumSet.of(first, others)::contains).isPresent();
  }

  /// Whether iterating over it can be repeated and changes nothing: a container, not an iterator, a
  /// file or a generator.
  boolean isReiterable(Node expression) {
    var node = Syntax.bare(expression);
    if (Syntax.isComprehension(node)) {
      return node.children().stream()
          .filter(c -> c.is("for_in_clause"))
          .flatMap(c -> c.child("right").stream())
          .allMatch(this::isReiterable);
    }
    var call = Call.of(node);
    if (call.isPresent() && LAZY.contains(call.get().callee()) && isOwn(call.get().callee())) {
      return call.get().positional().stream().allMatch(this::isReiterable);
    }
    boolean view =
        call.filter(c -> c.isNamed("keys", "values", "items"))
            .flatMap(Call::receiver)
            .filter(r -> is(r, Kind.DICT))
            .isPresent();
    return view || of(node).filter(k -> k != Kind.NUMBER).isPresent();
  }

  /// A container that this function makes itself, under a name without dots.
  boolean isMadeHere(Node expression) {
    var path = Names.path(expression).filter(p -> !p.contains("."));
    var plain = path.map(this::plain).orElse(List.of());
    return !plain.isEmpty()
        && plain.stream()
            .allMatch(
                b ->
                    b.kind() == Names.Kind.ASSIGNED
                        && b.value().filter(v -> isDisplay(v) || isConstructor(v)).isPresent());
  }

  private static boolean isDisplay(Node value) {
    return displayed(value).filter(k -> k != Kind.TEXT && k != Kind.NUMBER).isPresent();
  }

  private boolean isConstructor(Node value) {
    return made(value).isPresent();
  }

  private Optional<Kind> of(Node node, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    var path = Names.path(node);
    return displayed(node)
        .or(() -> made(node))
        .or(() -> path.flatMap(p -> named(p, node, steps - 1)))
        .or(() -> Declared.type(spot, node).flatMap(Kinds::ofType))
        .or(() -> tensor(node));
  }

  private static Optional<Kind> displayed(Node node) {
    return switch (node.kind()) {
      case "dictionary", "dictionary_comprehension" -> Optional.of(Kind.DICT);
      case "list", "list_comprehension" -> Optional.of(Kind.LIST);
      case "tuple" -> Optional.of(Kind.TUPLE);
      case "set", "set_comprehension" -> Optional.of(Kind.SET);
      case "string", "concatenated_string" -> Optional.of(Kind.TEXT);
      case "integer", "float", "true", "false" -> Optional.of(Kind.NUMBER);
      default -> Optional.empty();
    };
  }

  private Optional<Kind> made(Node node) {
    return Call.of(node)
        .filter(c -> c.callee().contains(".") || isOwn(c.callee()))
        .flatMap(c -> Optional.ofNullable(MADE_BY.get(c.resolved())));
  }

  /// Whether a bare name still stands for Python's own function.
  boolean isOwn(String name) {
    var file = spot.file();
    return spot.names().bindings(name).isEmpty()
        && file.constant(name).isEmpty()
        && file.functions().stream().noneMatch(f -> f.qualifiedName().equals(name))
        && spot.function().nested().stream().noneMatch(f -> f.name().equals(name))
        && file.classNamed(name).isEmpty()
        && (!file.imports().names().containsKey(name)
            || MADE_BY.containsKey(file.imports().resolve(name)));
  }

  private Optional<Kind> named(String path, Node use, int steps) {
    return tested(path, use).or(() -> bound(path, steps)).or(() -> attribute(path, steps));
  }

  /// `if isinstance(x, dict):` around it, with `x` not bound again below.
  private Optional<Kind> tested(String path, Node use) {
    return use.ancestors()
        .takeWhile(a -> !a.is("function_definition", "lambda"))
        .filter(a -> a.is("if_statement", "elif_clause", "conditional_expression"))
        .filter(
            a ->
                a.child("consequence")
                    .or(() -> firstItem(a))
                    .filter(b -> holds(b, use))
                    .isPresent())
        .filter(
            a -> a.child("consequence").filter(b -> Names.writtenIn(b).contains(path)).isEmpty())
        .flatMap(a -> a.child("condition").or(() -> secondItem(a)).stream())
        .flatMap(c -> Syntax.conjuncts(c).flatMap(n -> Call.of(n).stream()))
        .filter(c -> c.callee().equals("isinstance") && c.positional().size() == 2)
        .filter(c -> c.positional().getFirst().text().equals(path))
        .flatMap(c -> ofType(c.positional().getLast().text()).stream())
        .findFirst();
  }

  private static Optional<Node> firstItem(Node conditional) {
    return Optional.of(conditional)
        .filter(c -> c.is("conditional_expression"))
        .map(c -> c.items().getFirst());
  }

  private static Optional<Node> secondItem(Node conditional) {
    return Optional.of(conditional)
        .filter(c -> c.is("conditional_expression"))
        .map(c -> c.items().get(1));
  }

  private static boolean holds(Node block, Node use) {
    return block == use || block.contains(use);
  }

  private List<Binding> plain(String path) {
    return spot.names().bindings(path).stream()
        .filter(b -> b.kind() != Names.Kind.MUTATED && b.kind() != Names.Kind.AUGMENTED)
        .toList();
  }

  /// Every plain binding gives the same.
  private Optional<Kind> bound(String path, int steps) {
    var kinds = plain(path).stream().map(b -> given(b, steps)).distinct().toList();
    return kinds.size() == 1 ? kinds.getFirst() : Optional.empty();
  }

  private Optional<Kind> given(Binding binding, int steps) {
    var annotated = binding.node().child("type").map(Node::text).flatMap(Kinds::ofType);
    return switch (binding.kind()) {
      case PARAMETER -> annotated;
      case ASSIGNED -> annotated.or(() -> binding.value().flatMap(v -> of(Syntax.bare(v), steps)));
      case LOOP, UNPACKED, AUGMENTED, WITH, MUTATED -> Optional.empty();
    };
  }

  /// What the class says of `self.x`: an annotation, else the value where nothing else sets it.
  private Optional<Kind> attribute(String path, int steps) {
    if (!plain(path).isEmpty()) {
      return Optional.empty();
    }
    return new Types(spot)
        .attribute(path)
        .flatMap(
            said ->
                said.attribute()
                    .annotation()
                    .flatMap(Kinds::ofType)
                    .or(() -> once(said.in().type(), said.attribute(), steps)));
  }

  private Optional<Kind> once(PythonClass type, PythonClass.Attribute attribute, int steps) {
    return attribute
        .value()
        .filter(_ -> type.isSetOnce(attribute.name()))
        .flatMap(v -> displayed(v).or(() -> made(v)))
        .filter(_ -> steps > 0);
  }

  /// Made by torch or numpy, or annotated so; a habit of naming is no proof.
  private Optional<Kind> tensor(Node node) {
    var origin = spot.devices().of(node);
    boolean array = origin.device().isArray() && origin.device() != Device.UNKNOWN;
    return array && !origin.byName() ? Optional.of(Kind.TENSOR) : Optional.empty();
  }

  /// The kind that a type as written names; none for a union, an iterator or a class.
  static Optional<Kind> ofType(String written) {
    var type =
        written
            .replaceAll("[\"' ]|\\|None\\b|\\bNone\\|", "")
            .replaceFirst("^(typing\\.)?(Optional|Final|ClassVar)\\[(.*)]$", "$3");
    var name = type.replaceFirst("(?s)\\[.*", "");
    return name.contains("|")
        ? Optional.empty()
        : Optional.ofNullable(
            BY_TYPE.get(
                name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT)));
  }
}
