package hostperf.source;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which of Python's own types, or a tensor, an expression is seen to be: by what it is, what
/// its name is bound to, by an annotation, or by an `isinstance` around it. A name says nothing.
public final class Kinds {
  private static final Set<String> LAZY = Set.of("zip", "enumerate", "reversed", "map");

  /// Definitions can be circular.
  private static final int MOST_STEPS = 6;

  private final Types types;
  private final PythonFunction in;
  private final Devices devices;

  /// @param types sure ones
  public Kinds(Types types, PythonFunction in) {
    this.types = types;
    this.in = in;
    this.devices = Devices.of(in);
  }

  public Optional<Kind> of(Node expression) {
    return of(expression.bare(), MOST_STEPS);
  }

  public boolean is(Node expression, Kind first, Kind... others) {
    return of(expression).filter(EnumSet.of(first, others)::contains).isPresent();
  }

  /// Whether iterating over it can be repeated and changes nothing: a container, not an iterator, a
  /// file or a generator.
  public boolean isReiterable(Node expression) {
    var node = expression.bare();
    if (node.isComprehension()) {
      return node.children().stream()
          .filter(c -> c.is("for_in_clause"))
          .flatMap(c -> c.child("right").stream())
          .allMatch(this::isReiterable);
    }
    var call = Call.of(node);
    if (call.isPresent() && LAZY.contains(call.get().callee()) && isOwn(call.get().callee())) {
      return call.get().positional().stream()
          .skip(call.get().callee().equals("map") ? 1 : 0)
          .allMatch(this::isReiterable);
    }
    boolean view =
        call.filter(c -> c.isNamed("keys", "values", "items"))
            .flatMap(Call::receiver)
            .filter(r -> is(r, Kind.DICT, Kind.DEFAULTING))
            .isPresent();
    return view || isUsedOnce(node) || of(node).filter(k -> k != Kind.NUMBER).isPresent();
  }

  /// An iterator of its own that nobody else gets: `sizes = map(…)`, read once, by `sum(sizes)`.
  private boolean isUsedOnce(Node node) {
    return node.is("identifier")
        && in.names().bindings(node.text()).size() == 1
        && in.names().uses(node.text()).size() == 1
        && in.loopsAround(node).isEmpty()
        && in.names()
            .reaching(node.text(), node)
            .flatMap(Names.Binding::value)
            .filter(v -> v.is("call", "generator_expression") && isReiterable(v))
            .isPresent();
  }

  /// A container that this function makes itself, under a name without dots.
  public boolean isMadeHere(Node expression) {
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
    return made(value, MOST_STEPS).isPresent();
  }

  private Optional<Kind> of(Node node, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    var path = Names.path(node);
    return displayed(node)
        .or(() -> computed(node, steps - 1))
        .or(() -> made(node, steps - 1))
        .or(() -> path.flatMap(p -> named(p, node, steps - 1)))
        .or(() -> types.annotation(node, in).flatMap(a -> Kind.ofType(a.text())))
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

  /// Numbers make a number, lists a list.
  private Optional<Kind> computed(Node node, int steps) {
    if (node.is("parenthesized_expression") && node.items().size() == 1) {
      return of(node.items().getFirst(), steps);
    }
    if (node.is("comparison_operator", "not_operator")) {
      return node.is("not_operator") ? Optional.of(Kind.NUMBER) : Optional.empty();
    }
    if (!node.is("binary_operator", "unary_operator")) {
      return Optional.empty();
    }
    var kinds =
        node.children().stream()
            .filter(c -> !c.field().equals("operator"))
            .map(c -> of(c, steps))
            .distinct()
            .toList();
    var others = kinds.stream().filter(k -> !k.equals(Optional.of(Kind.NUMBER))).toList();
    boolean repeats =
        node.child("operator").filter(o -> o.text().equals("*")).isPresent()
            && kinds.size() == 2
            && others.size() == 1;
    return repeats
        ? others.getFirst().filter(k -> k == Kind.LIST || k == Kind.TUPLE || k == Kind.TEXT)
        : kinds.size() == 1 ? kinds.getFirst() : Optional.empty();
  }

  private Optional<Kind> made(Node node, int steps) {
    var call = Call.of(node);
    var copied =
        call.filter(c -> c.isNamed("copy", "tolist") && c.positional().isEmpty())
            .flatMap(Call::receiver)
            .flatMap(
                r ->
                    of(r, steps)
                        .map(
                            k ->
                                k == Kind.TENSOR && call.orElseThrow().isNamed("tolist")
                                    ? Kind.LIST
                                    : k));
    return call.filter(c -> c.callee().contains(".") || isOwn(c.callee()))
        .flatMap(c -> Kind.madeBy(c.resolved()))
        .or(() -> copied);
  }

  /// Whether a bare name still stands for Python's own function.
  public boolean isOwn(String name) {
    var file = in.file();
    return in.names().bindings(name).isEmpty()
        && file.constant(name).isEmpty()
        && file.functions().stream().noneMatch(f -> f.qualifiedName().equals(name))
        && in.nested().stream().noneMatch(f -> f.name().equals(name))
        && file.classNamed(name).isEmpty()
        && (!file.imports().names().containsKey(name)
            || Kind.madeBy(file.imports().resolve(name)).isPresent());
  }

  private Optional<Kind> named(String path, Node use, int steps) {
    return tested(path, use)
        .or(() -> constant(path))
        .or(() -> bound(path, use, steps))
        .or(() -> attribute(path, use, steps));
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
        .flatMap(c -> c.conjuncts().flatMap(n -> Call.of(n).stream()))
        .filter(c -> c.callee().equals("isinstance") && c.positional().size() == 2)
        .filter(c -> c.positional().getFirst().text().equals(path))
        .flatMap(c -> Kind.ofType(c.positional().getLast().text()).stream())
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

  private List<Names.Binding> plain(String path) {
    return in.names().bindings(path).stream().filter(b -> b.kind() != Names.Kind.MUTATED).toList();
  }

  /// A container of the module that nothing sets again.
  private Optional<Kind> constant(String path) {
    return plain(path).isEmpty() && !in.file().text().contains("global " + path)
        ? in.file().constant(path).flatMap(Kinds::displayed)
        : Optional.empty();
  }

  /// Every plain binding gives the same.
  private Optional<Kind> bound(String path, Node use, int steps) {
    var sure = in.names().sure(path, use);
    if (sure.isPresent()) {
      return given(sure.get(), steps);
    }
    var kinds = plain(path).stream().map(b -> given(b, steps)).distinct().toList();
    return kinds.size() == 1 ? kinds.getFirst() : Optional.empty();
  }

  private Optional<Kind> given(Names.Binding binding, int steps) {
    var annotated = binding.node().child("type").map(Node::text).flatMap(Kind::ofType);
    return switch (binding.kind()) {
      case PARAMETER -> annotated;
      case ASSIGNED -> annotated.or(() -> binding.value().flatMap(v -> of(v.bare(), steps)));
      case AUGMENTED -> binding.value().flatMap(v -> of(v.bare(), steps));
      case LOOP -> walked(binding);
      case UNPACKED, WITH, MUTATED -> Optional.empty();
    };
  }

  private Optional<Kind> walked(Names.Binding loop) {
    boolean counts =
        loop.node().child("left").filter(l -> l.is("identifier")).isPresent()
            && loop.value()
                .flatMap(Call::of)
                .filter(c -> c.callee().equals("range") && isOwn("range"))
                .isPresent();
    boolean spells =
        loop.value()
            .filter(v -> v.is("identifier", "attribute", "string") && is(v, Kind.TEXT))
            .isPresent();
    return counts ? Optional.of(Kind.NUMBER) : spells ? Optional.of(Kind.TEXT) : Optional.empty();
  }

  /// What the class says of `self.x`: an annotation, else the value where nothing else sets it.
  private Optional<Kind> attribute(String path, Node node, int steps) {
    if (!plain(path).isEmpty()) {
      return Optional.empty();
    }
    if (path.endsWith(".name")
        && node.child("object")
            .flatMap(o -> types.of(o, in))
            .filter(PythonClass::isEnum)
            .isPresent()) {
      return Optional.of(Kind.TEXT);
    }
    return types
        .attribute(node, in)
        .flatMap(
            said ->
                said.attribute()
                    .annotation()
                    .flatMap(Kind::ofType)
                    .or(() -> once(said.in(), said.attribute(), steps)));
  }

  private Optional<Kind> once(PythonClass type, PythonClass.Attribute attribute, int steps) {
    return attribute
        .value()
        .filter(v -> type.isSetOnce(attribute.name()) || isCounter(type, attribute.name(), v))
        .flatMap(v -> displayed(v).or(() -> made(v, steps - 1)))
        .filter(_ -> steps > 0);
  }

  /// A number that the class's methods only add to: `self.steps = 0`, `self.steps += 1`.
  private static boolean isCounter(PythonClass type, String name, Node value) {
    return value.is("integer")
        && type.methods().stream()
            .filter(m -> m.node().text().contains("self." + name))
            .flatMap(m -> m.names().bindings("self." + name).stream())
            .allMatch(
                b ->
                    b.value().filter(v -> v.is("integer")).isPresent()
                        && (b.kind() == Names.Kind.ASSIGNED || b.kind() == Names.Kind.AUGMENTED));
  }

  /// Made by torch or numpy, or annotated so; a habit of naming is no proof.
  private Optional<Kind> tensor(Node node) {
    var origin = devices.of(node);
    boolean array = origin.device().isArray() && origin.device() != Device.UNKNOWN;
    return array && !origin.byName() ? Optional.of(Kind.TENSOR) : Optional.empty();
  }
}
