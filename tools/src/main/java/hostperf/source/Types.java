package hostperf.source;

import java.util.Optional;
import java.util.stream.Stream;

/// The class of an expression's value, as far as the source tells: from `self`, annotations,
/// constructor calls, what `__init__` sets, return types, and the elements of annotated containers.
///
/// `SURE` is for edits: one binding, one class, nothing set twice. `LIKELY` is for finding the way,
/// and takes the nearest binding and the first class that fits.
public final class Types {
  /// How much is needed to name a class.
  public enum Trust {
    SURE,
    LIKELY
  }

  /// Enough for `self.a.b.c` where each is set from a parameter of `__init__`; ends cycles.
  private static final int MOST_STEPS = 16;

  private final Modules modules;
  private final Trust trust;
  private final Lineages lineages;

  public Types(Modules modules, Trust trust) {
    this.modules = modules;
    this.trust = trust;
    this.lineages = new Lineages(modules);
  }

  public Modules modules() {
    return modules;
  }

  public Lineages lineages() {
    return lineages;
  }

  public Optional<PythonClass> of(Node expression, PythonFunction in) {
    return of(expression, in, MOST_STEPS);
  }

  private boolean isSure() {
    return trust == Trust.SURE;
  }

  private Optional<PythonClass> of(Node node, PythonFunction in, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    return switch (node.kind()) {
      case "identifier" -> name(node, in, steps - 1);
      case "attribute" -> member(node, in, steps - 1);
      case "call" -> call(node, in, steps - 1);
      case "subscript", "parenthesized_expression", "await" ->
          node.is("subscript")
              ? annotation(node, in, steps - 1).flatMap(this::named)
              : node.children().stream().flatMap(c -> of(c, in, steps - 1).stream()).findFirst();
      case "conditional_expression", "boolean_operator" ->
          isSure()
              ? Optional.empty()
              : node.children().stream().flatMap(c -> of(c, in, steps - 1).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  private Optional<PythonClass> name(Node node, PythonFunction in, int steps) {
    var name = node.text();
    if (isSelf(name, in)) {
      return in.owner();
    }
    return annotation(node, in, steps)
        .flatMap(this::named)
        .or(() -> binding(node, in).flatMap(b -> bound(b, in, steps)))
        .or(() -> in.names().bindings(name).isEmpty() ? global(name, in) : Optional.empty());
  }

  /// An object of the module, or a class itself.
  private Optional<PythonClass> global(String name, PythonFunction in) {
    return in.file()
        .constant(name)
        .filter(_ -> !isSure() || !in.file().text().contains("global " + name))
        .flatMap(Call::of)
        .flatMap(c -> modules.classNamed(c.callee(), in.file()))
        .or(() -> isSure() ? Optional.empty() : modules.classNamed(name, in.file()));
  }

  /// The binding that a use sees: the only one, else with less trust the nearest.
  private Optional<Names.Binding> binding(Node use, PythonFunction in) {
    if (!isSure()) {
      return in.names().reaching(use.text(), use).filter(b -> b.kind() != Names.Kind.UNPACKED);
    }
    return in.names()
        .sure(use.text(), use)
        .filter(b -> b.kind() == Names.Kind.ASSIGNED || b.kind() == Names.Kind.LOOP);
  }

  private Optional<PythonClass> bound(Names.Binding binding, PythonFunction in, int steps) {
    return binding.kind() == Names.Kind.LOOP
        ? Optional.empty()
        : binding.value().flatMap(v -> of(v, in, steps));
  }

  private static boolean isSelf(String name, PythonFunction in) {
    return in.owner().isPresent()
        && !in.hasDecorator("staticmethod")
        && !in.hasDecorator("classmethod")
        && in.names().bindings(name).size() == 1
        && in.parameters().stream().findFirst().filter(p -> p.name().equals(name)).isPresent();
  }

  private Optional<PythonClass> member(Node node, PythonFunction in, int steps) {
    var name = node.child("attribute").map(Node::text).orElse("");
    return node.child("object")
        .flatMap(o -> of(o, in, steps))
        .flatMap(c -> memberType(c, name, steps))
        .or(
            () ->
                isSure()
                    ? Optional.empty()
                    : Names.path(node).flatMap(path -> modules.classNamed(path, in.file())));
  }

  /// What a base class uses may be set by a class that derives from it, in the same file.
  private Optional<PythonClass> memberType(PythonClass of, String name, int steps) {
    Stream<PythonClass> below = isSure() ? Stream.empty() : lineages.derivedInFile(of);
    return Stream.concat(lineages.of(of).stream(), below)
        .flatMap(c -> ownMemberType(c, name, steps).stream())
        .findFirst();
  }

  private Optional<PythonClass> ownMemberType(PythonClass of, String name, int steps) {
    return of.attribute(name)
        .flatMap(
            a ->
                a.annotation()
                    .flatMap(text -> named(new Annotation(text, of.node().file())))
                    .or(
                        () ->
                            a.value()
                                .filter(_ -> !isSure() || of.isSetOnce(name))
                                .flatMap(v -> setIn(of, v, steps))))
        .or(() -> of.property(name).flatMap(this::returned));
  }

  /// The value of an attribute, seen from the method that sets it.
  private Optional<PythonClass> setIn(PythonClass owner, Node value, int steps) {
    return owner.methods().stream()
        .filter(m -> m.node().contains(value))
        .findFirst()
        .flatMap(m -> of(value, m, steps))
        .or(() -> Call.of(value).flatMap(c -> modules.classNamed(c.callee(), owner.node().file())));
  }

  private Optional<PythonClass> call(Node node, PythonFunction in, int steps) {
    return Call.of(node)
        .flatMap(
            call ->
                made(call, in)
                    .or(() -> modules.function(call.callee(), in.file()).flatMap(this::returned))
                    .or(
                        () ->
                            call.receiver()
                                .flatMap(r -> of(r, in, steps))
                                .flatMap(c -> lineages.method(c, call.name()))
                                .flatMap(this::returned)));
  }

  /// The class whose constructor a call runs.
  public Optional<PythonClass> made(Call call, PythonFunction in) {
    var head = call.callee().split("\\.")[0];
    return in.names().bindings(head).isEmpty()
        ? modules.classNamed(call.callee(), in.file())
        : Optional.empty();
  }

  private Optional<PythonClass> returned(PythonFunction function) {
    return function
        .node()
        .child("return_type")
        .flatMap(t -> named(new Annotation(t.text(), function.file())));
  }

  /// What the class of an object says of its attribute, bases included.
  public Optional<Lineages.Said> attribute(Node expression, PythonFunction in) {
    var name = expression.child("attribute").map(Node::text).orElse("");
    return expression.is("attribute")
        ? expression
            .child("object")
            .flatMap(o -> of(o, in))
            .flatMap(c -> lineages.attribute(c, name))
        : Optional.empty();
  }

  /// The type that annotations give an expression, elements of containers included: `int` for
  /// `row[-1]` where `row` runs over a `list[list[int]]`.
  public Optional<Annotation> annotation(Node expression, PythonFunction in) {
    return annotation(expression, in, MOST_STEPS);
  }

  /// The type of what a container holds.
  Optional<Annotation> element(Node container, PythonFunction in) {
    return annotation(container, in).flatMap(this::element);
  }

  private Optional<Annotation> element(Annotation container) {
    return isSure() ? container.element() : container.lookedUp();
  }

  private Optional<Annotation> annotation(Node node, PythonFunction in, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    return switch (node.kind()) {
      case "parenthesized_expression" ->
          node.items().stream().findFirst().flatMap(n -> annotation(n, in, steps - 1));
      case "identifier" -> ofName(node, in, steps - 1);
      case "attribute" ->
          node.child("object")
              .flatMap(o -> of(o, in, steps - 1))
              .flatMap(
                  c -> lineages.attribute(c, node.child("attribute").map(Node::text).orElse("")))
              .flatMap(said -> annotation(said, steps - 1))
              .or(() -> ofProperty(node, in, steps - 1));
      case "call" ->
          Call.of(node)
              .flatMap(
                  c ->
                      modules
                          .function(c.callee(), in.file())
                          .or(
                              () ->
                                  c.receiver()
                                      .flatMap(r -> of(r, in, steps - 1))
                                      .flatMap(o -> lineages.method(o, c.name()))))
              .flatMap(
                  f -> f.node().child("return_type").map(t -> new Annotation(t.text(), f.file())));
      case "subscript" ->
          node.child("value")
              .filter(_ -> node.all("subscript").stream().noneMatch(s -> s.is("slice")))
              .flatMap(v -> annotation(v, in, steps - 1))
              .flatMap(Annotation::lookedUp);
      default -> Optional.empty();
    };
  }

  /// As written at the attribute, else at the parameter of `__init__` that it is set to.
  private Optional<Annotation> annotation(Lineages.Said said, int steps) {
    var file = said.in().node().file();
    return said.attribute()
        .annotation()
        .map(text -> new Annotation(text, file))
        .or(
            () ->
                said.attribute()
                    .value()
                    .filter(v -> v.is("identifier") && said.in().isSetOnce(said.attribute().name()))
                    .flatMap(
                        v ->
                            said.in().methods().stream()
                                .filter(m -> m.node().contains(v))
                                .findFirst()
                                .flatMap(m -> annotation(v, m, steps))));
  }

  private Optional<Annotation> ofProperty(Node node, PythonFunction in, int steps) {
    return node.child("object")
        .flatMap(o -> of(o, in, steps))
        .flatMap(c -> lineages.method(c, node.child("attribute").map(Node::text).orElse("")))
        .filter(PythonFunction::isProperty)
        .flatMap(p -> p.node().child("return_type").map(t -> new Annotation(t.text(), p.file())));
  }

  private Optional<Annotation> ofName(Node node, PythonFunction in, int steps) {
    var bindings =
        in.names().bindings(node.text()).stream()
            .filter(b -> b.kind() != Names.Kind.MUTATED)
            .toList();
    var sure = in.names().sure(node.text(), node);
    if (isSure() && sure.isEmpty()) {
      return Optional.empty();
    }
    var written =
        (isSure() ? sure.stream() : bindings.stream())
            .flatMap(b -> b.node().child("type").stream())
            .map(Node::text)
            .findFirst();
    return written
        .map(text -> new Annotation(text, in.file()))
        .or(() -> binding(node, in).flatMap(b -> ofBinding(b, in, steps)));
  }

  private Optional<Annotation> ofBinding(Names.Binding binding, PythonFunction in, int steps) {
    var value = binding.value();
    if (binding.kind() != Names.Kind.LOOP) {
      return value.flatMap(v -> annotation(v, in, steps));
    }
    var left = binding.node().child("left");
    int position =
        left.filter(l -> l.is("pattern_list", "tuple_pattern"))
            .map(l -> l.items().stream().map(Node::text).toList().indexOf(binding.name()))
            .orElse(-1);
    var call = value.flatMap(Call::of);
    if (call.isPresent()) {
      return walked(call.get(), position, in, steps);
    }
    return position < 0
        ? value.flatMap(v -> annotation(v, in, steps)).flatMap(this::element)
        : Optional.empty();
  }

  /// `for i, r in enumerate(requests)`, `for r in table.values()`.
  private Optional<Annotation> walked(Call call, int position, PythonFunction in, int steps) {
    Optional<Node> over =
        switch (call.callee()) {
          case "enumerate" -> position == 1 ? call.argument(0) : Optional.empty();
          case "zip" -> position >= 0 ? call.argument(position) : Optional.empty();
          case "reversed", "sorted", "list", "tuple" ->
              position < 0 ? call.argument(0) : Optional.empty();
          default -> Optional.empty();
        };
    boolean ofMapping =
        call.isNamed("values") && position < 0 || call.isNamed("items") && position == 1;
    return ofMapping
        ? call.receiver().flatMap(r -> annotation(r, in, steps)).flatMap(Annotation::lookedUp)
        : over.flatMap(o -> annotation(o, in, steps))
            .flatMap(this::element)
            .or(
                () ->
                    position < 0
                        ? annotation(call.node(), in, steps).flatMap(this::element)
                        : Optional.empty());
  }

  /// The class that a type as written names.
  Optional<PythonClass> named(Annotation annotation) {
    var names = annotation.names();
    return isSure() && names.size() > 1
        ? Optional.empty()
        : names.stream()
            .flatMap(name -> modules.classNamed(name, annotation.file()).stream())
            .findFirst();
  }
}
