package hostperf.source;

import hostperf.source.PythonClass.Attribute;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /// A type as written, and where.
  public record Annotation(String text, PythonFile file) {}

  /// What a class says of an attribute.
  public record Said(PythonClass in, Attribute attribute) {}

  /// Enough for `self.a.b.c` where each is set from a parameter of `__init__`; ends cycles.
  private static final int MOST_STEPS = 16;

  private static final Pattern CONTAINER = Pattern.compile("(?s)([\\w.]+)\\s*\\[(.*)]");
  private static final Pattern ELEMENTS =
      Pattern.compile(
          "(?s)(?:\\w+\\.)*(?:[Ll]ist|Sequence|Iterable|Collection|[Ss]et|[Tt]uple|[Dd]eque)"
              + "\\[(.+?)(?:, *\\.\\.\\.)?]");
  private static final List<String> TRANSPARENT =
      List.of("Optional", "Final", "ClassVar", "Annotated", "Type", "type", "Awaitable");

  private final Modules modules;
  private final Trust trust;
  private final Map<PythonClass, List<PythonClass>> derived = new ConcurrentHashMap<>();

  public Types(Modules modules, Trust trust) {
    this.modules = modules;
    this.trust = trust;
  }

  public Modules modules() {
    return modules;
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
    Stream<PythonClass> below =
        isSure()
            ? Stream.empty()
            : of.node().file().classes().stream().filter(c -> c != of && lineage(c).contains(of));
    return Stream.concat(lineage(of).stream(), below)
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
                                .flatMap(c -> method(c, call.name()))
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
  public Optional<Said> attribute(Node expression, PythonFunction in) {
    var name = expression.child("attribute").map(Node::text).orElse("");
    return expression.is("attribute")
        ? expression.child("object").flatMap(o -> of(o, in)).flatMap(c -> attribute(c, name))
        : Optional.empty();
  }

  public Optional<Said> attribute(PythonClass of, String name) {
    return lineage(of).stream()
        .flatMap(c -> c.attribute(name).map(a -> new Said(c, a)).stream())
        .findFirst();
  }

  /// A method of a class or of its bases.
  public Optional<PythonFunction> method(PythonClass of, String name) {
    return lineage(of).stream().flatMap(c -> c.method(name).stream()).findFirst();
  }

  /// Whether a class of the checkout derives from this one and has its own member of that name: an
  /// object of this class may be one of that.
  boolean isOverridden(PythonClass of, String name) {
    return derived.computeIfAbsent(of, this::derived).stream()
        .anyMatch(c -> c.method(name).isPresent());
  }

  private List<PythonClass> derived(PythonClass of) {
    var here = of.node().file().classes().stream().filter(c -> c != of && lineage(c).contains(of));
    return Stream.concat(here, modules.subclasses(of).stream()).toList();
  }

  /// The class and its bases, nearest first, as far as their source is there.
  public List<PythonClass> lineage(PythonClass of) {
    var found = new LinkedHashSet<PythonClass>();
    collect(of, found);
    return List.copyOf(found);
  }

  /// Whether the source of every base is there, so that what is not found is not there.
  boolean hasWholeLineage(PythonClass of) {
    return lineage(of).stream()
        .allMatch(
            c ->
                c.bases().stream()
                    .map(Types::bare)
                    .allMatch(
                        b ->
                            b.matches("object|(\\w+\\.)?(ABC|NamedTuple|Generic|Protocol)")
                                || modules.classNamed(b, c.node().file()).isPresent()));
  }

  private static String bare(String base) {
    return base.replaceFirst("(?s)\\[.*", "");
  }

  private void collect(PythonClass of, Set<PythonClass> into) {
    if (into.add(of)) {
      of.bases().stream()
          .flatMap(base -> modules.classNamed(bare(base), of.node().file()).stream())
          .forEach(base -> collect(base, into));
    }
  }

  /// The type that annotations give an expression, elements of containers included: `int` for
  /// `row[-1]` where `row` runs over a `list[list[int]]`.
  public Optional<Annotation> annotation(Node expression, PythonFunction in) {
    return annotation(expression, in, MOST_STEPS);
  }

  /// The type of what a container holds.
  Optional<Annotation> element(Node container, PythonFunction in) {
    return annotation(container, in).flatMap(a -> element(a, false));
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
              .flatMap(c -> attribute(c, node.child("attribute").map(Node::text).orElse("")))
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
                                      .flatMap(o -> method(o, c.name()))))
              .flatMap(
                  f -> f.node().child("return_type").map(t -> new Annotation(t.text(), f.file())));
      case "subscript" ->
          node.child("value")
              .filter(_ -> node.all("subscript").stream().noneMatch(s -> s.is("slice")))
              .flatMap(v -> annotation(v, in, steps - 1))
              .flatMap(a -> element(a, true));
      default -> Optional.empty();
    };
  }

  /// As written at the attribute, else at the parameter of `__init__` that it is set to.
  private Optional<Annotation> annotation(Said said, int steps) {
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
        .flatMap(c -> method(c, node.child("attribute").map(Node::text).orElse("")))
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
        ? value.flatMap(v -> annotation(v, in, steps)).flatMap(a -> element(a, false))
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
        ? call.receiver().flatMap(r -> annotation(r, in, steps)).flatMap(a -> element(a, true))
        : over.flatMap(o -> annotation(o, in, steps))
            .flatMap(a -> element(a, false))
            .or(
                () ->
                    position < 0
                        ? annotation(call.node(), in, steps).flatMap(a -> element(a, false))
                        : Optional.empty());
  }

  /// The class that a type as written names.
  public Optional<PythonClass> named(Annotation annotation) {
    var text = annotation.text().strip().replaceAll("^[\"']|[\"']$", "");
    var parts =
        Stream.of(text.split("\\|")).map(String::strip).filter(p -> !p.equals("None")).toList();
    if (isSure() && parts.size() > 1) {
      return Optional.empty();
    }
    for (var part : parts) {
      Matcher container = CONTAINER.matcher(part);
      var name = container.matches() ? container.group(1) : part;
      if (container.matches() && TRANSPARENT.contains(name.substring(name.lastIndexOf('.') + 1))) {
        return named(new Annotation(container.group(2).split(",")[0], annotation.file()));
      }
      var found = modules.classNamed(name, annotation.file());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// What a container holds; of a mapping its values where one is looked up (`dict[str, Request]` →
  /// `Request`).
  private Optional<Annotation> element(Annotation annotation, boolean isLookedUp) {
    var text = annotation.text().strip().replaceAll("^[\"']|[\"']$", "");
    var container = CONTAINER.matcher(text);
    if (!container.matches()) {
      return Optional.empty();
    }
    var name = container.group(1);
    var inside = container.group(2);
    if (name.endsWith("Optional")) {
      return element(new Annotation(inside, annotation.file()), isLookedUp);
    }
    var listed = ELEMENTS.matcher(text);
    if (listed.matches() && (!listed.group(1).contains(",") || !name.matches("(?i).*tuple"))) {
      return Optional.of(new Annotation(listed.group(1), annotation.file()));
    }
    return isLookedUp || !isSure()
        ? Optional.of(
            new Annotation(inside.substring(inside.lastIndexOf(',') + 1), annotation.file()))
        : Optional.empty();
  }
}
