package hostperf.profile;

import hostperf.source.Call;
import hostperf.source.Modules;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The class of an expression's value, as far as the source tells: from `self`, annotations,
/// constructor calls, what `__init__` sets, return types, and the elements of annotated containers.
final class Types {
  /// Enough for `self.a.b.c` where each is set from a parameter of `__init__`; ends cycles.
  private static final int MOST_STEPS = 16;

  private static final Pattern CONTAINER = Pattern.compile("(?s)([\\w.]+)\\s*\\[(.*)]");
  private static final List<String> TRANSPARENT =
      List.of("Optional", "Final", "ClassVar", "Annotated", "Type", "type", "Awaitable");

  private final Modules modules;

  Types(Modules modules) {
    this.modules = modules;
  }

  Optional<PythonClass> of(Node expression, PythonFunction in) {
    return of(expression, in, MOST_STEPS);
  }

  private Optional<PythonClass> of(Node node, PythonFunction in, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    return switch (node.kind()) {
      case "identifier" -> name(node, in, steps - 1);
      case "attribute" -> attribute(node, in, steps - 1);
      case "call" -> call(node, in, steps - 1);
      case "subscript" ->
          node.child("value").flatMap(v -> annotation(v, in, steps - 1)).flatMap(this::element);
      case "parenthesized_expression", "await", "conditional_expression", "boolean_operator" ->
          node.children().stream().flatMap(c -> of(c, in, steps - 1).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  private Optional<PythonClass> name(Node node, PythonFunction in, int steps) {
    String name = node.text();
    if (isSelf(name, in)) {
      return in.owner();
    }
    return annotation(node, in, steps)
        .flatMap(this::named)
        .or(
            () ->
                in.names()
                    .reaching(name, node)
                    .filter(b -> b.kind() != Names.Kind.UNPACKED)
                    .flatMap(b -> bound(b, in, steps)))
        .or(
            () ->
                in.file()
                    .constant(name)
                    .flatMap(Call::of)
                    .flatMap(c -> modules.classNamed(c.callee(), in.file())))
        .or(() -> modules.classNamed(name, in.file()));
  }

  private Optional<PythonClass> bound(Names.Binding binding, PythonFunction in, int steps) {
    Optional<Node> value = binding.value();
    return binding.kind() == Names.Kind.LOOP
        ? value.flatMap(v -> annotation(v, in, steps)).flatMap(this::element)
        : value.flatMap(v -> of(v, in, steps));
  }

  private static boolean isSelf(String name, PythonFunction in) {
    return in.owner().isPresent()
        && !in.hasDecorator("staticmethod")
        && in.parameters().stream().findFirst().filter(p -> p.name().equals(name)).isPresent();
  }

  private Optional<PythonClass> attribute(Node node, PythonFunction in, int steps) {
    String name = node.child("attribute").map(Node::text).orElse("");
    Optional<PythonClass> owner = node.child("object").flatMap(o -> of(o, in, steps));
    return owner
        .flatMap(c -> memberType(c, name, steps))
        .or(() -> Names.path(node).flatMap(path -> modules.classNamed(path, in.file())));
  }

  /// What a base class uses may be set by a class that derives from it, in the same file.
  private Optional<PythonClass> memberType(PythonClass of, String name, int steps) {
    Stream<PythonClass> derived =
        of.node().file().classes().stream().filter(c -> c != of && lineage(c).contains(of));
    return Stream.concat(lineage(of).stream(), derived)
        .flatMap(c -> ownMemberType(c, name, steps).stream())
        .findFirst();
  }

  private Optional<PythonClass> ownMemberType(PythonClass of, String name, int steps) {
    return of.attribute(name)
        .flatMap(
            a ->
                a.annotation()
                    .flatMap(text -> named(new Annotation(text, of.node().file())))
                    .or(() -> a.value().flatMap(v -> setIn(of, v, steps))))
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
                modules
                    .classNamed(call.callee(), in.file())
                    .or(() -> modules.function(call.callee(), in.file()).flatMap(this::returned))
                    .or(
                        () ->
                            call.receiver()
                                .flatMap(r -> of(r, in, steps))
                                .flatMap(c -> method(c, call.name()))
                                .flatMap(this::returned)));
  }

  private Optional<PythonClass> returned(PythonFunction function) {
    return function
        .node()
        .child("return_type")
        .flatMap(t -> named(new Annotation(t.text(), function.file())));
  }

  /// A method of a class or of its bases.
  Optional<PythonFunction> method(PythonClass of, String name) {
    return lineage(of).stream().flatMap(c -> c.method(name).stream()).findFirst();
  }

  /// The class and its bases, nearest first, as far as their source is there.
  List<PythonClass> lineage(PythonClass of) {
    var found = new LinkedHashSet<PythonClass>();
    collect(of, found);
    return List.copyOf(found);
  }

  private void collect(PythonClass of, Set<PythonClass> into) {
    if (into.add(of)) {
      of.bases().stream()
          .map(base -> base.replaceFirst("(?s)\\[.*", ""))
          .flatMap(base -> modules.classNamed(base, of.node().file()).stream())
          .forEach(base -> collect(base, into));
    }
  }

  /// A type as written, and where.
  private record Annotation(String text, PythonFile file) {}

  private Optional<Annotation> annotation(Node node, PythonFunction in, int steps) {
    if (node.is("identifier")) {
      return in.parameter(node.text())
          .flatMap(PythonFunction.Parameter::annotation)
          .or(() -> localAnnotation(node.text(), in))
          .map(text -> new Annotation(text, in.file()));
    }
    if (node.is("attribute")) {
      String name = node.child("attribute").map(Node::text).orElse("");
      return node.child("object")
          .flatMap(o -> of(o, in, steps))
          .flatMap(
              owner ->
                  lineage(owner).stream()
                      .flatMap(c -> c.attribute(name).stream())
                      .flatMap(a -> a.annotation().stream())
                      .findFirst()
                      .map(text -> new Annotation(text, owner.node().file())));
    }
    return Optional.empty();
  }

  private static Optional<String> localAnnotation(String name, PythonFunction in) {
    return in.names().bindings(name).stream()
        .flatMap(b -> b.node().child("type").stream())
        .map(Node::text)
        .findFirst();
  }

  private Optional<PythonClass> named(Annotation annotation) {
    String text = annotation.text().strip().replaceAll("^[\"']|[\"']$", "");
    for (String part : text.split("\\|")) {
      Matcher container = CONTAINER.matcher(part.strip());
      String name = container.matches() ? container.group(1) : part.strip();
      String last = name.substring(name.lastIndexOf('.') + 1);
      if (container.matches() && TRANSPARENT.contains(last)) {
        return named(new Annotation(container.group(2).split(",")[0], annotation.file()));
      }
      Optional<PythonClass> found = modules.classNamed(name, annotation.file());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// What a container holds: the last of its arguments (`dict[str, Request]` → `Request`).
  private Optional<PythonClass> element(Annotation annotation) {
    Matcher container = CONTAINER.matcher(annotation.text().strip());
    if (!container.matches()) {
      return Optional.empty();
    }
    String inside = container.group(2);
    if (container.group(1).endsWith("Optional")) {
      return element(new Annotation(inside, annotation.file()));
    }
    String last = inside.substring(inside.lastIndexOf(',') + 1);
    return named(new Annotation(last, annotation.file()));
  }
}
