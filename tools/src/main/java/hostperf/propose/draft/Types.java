package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which class an expression is an instance of, as far as annotations, constructors and imports
/// tell; looks into the other files of the checkout where a class is imported from there.
final class Types {
  private static final int MOST_BASES = 5;
  private static final Pattern LIST =
      Pattern.compile("(?:typing\\.)?(?:[Ll]ist|Sequence|Iterable)\\[([\\w.\"']+)]");

  private final Spot spot;

  Types(Spot spot) {
    this.spot = spot;
  }

  /// A class with the file it stands in.
  record Known(PythonFile file, PythonClass type) {}

  /// The class of a name or attribute chain.
  Optional<Known> of(Node expression) {
    return Names.path(expression).flatMap(this::ofPath);
  }

  private Optional<Known> ofPath(String path) {
    int dot = path.lastIndexOf('.');
    if (dot < 0) {
      return path.equals("self")
          ? spot.function().owner().map(c -> new Known(spot.file(), c))
          : ofName(path);
    }
    var attribute = path.substring(dot + 1);
    return ofPath(path.substring(0, dot))
        .flatMap(k -> attribute(k, attribute, MOST_BASES).flatMap(a -> typeOf(a.in().file(), a)));
  }

  private Optional<Known> ofName(String name) {
    var bindings = spot.names().bindings(name);
    if (bindings.size() != 1) {
      return Optional.empty();
    }
    if (bindings.getFirst().kind() == Names.Kind.LOOP) {
      return bindings.getFirst().value().flatMap(Names::path).flatMap(this::ofElement);
    }
    var annotated = bindings.getFirst().node().child("type").map(Node::text);
    var made =
        bindings.getFirst().value().flatMap(Call::of).map(Call::callee).filter(Types::isClassName);
    return annotated.or(() -> made).flatMap(t -> named(spot.file(), t));
  }

  /// The class of the elements of a list, by its annotation.
  private Optional<Known> ofElement(String path) {
    var local =
        spot.names().bindings(path).stream()
            .flatMap(b -> b.node().child("type").stream())
            .map(t -> new Annotated(spot.file(), t.text()))
            .findFirst();
    return local
        .or(
            () ->
                attribute(path)
                    .flatMap(
                        s -> s.attribute().annotation().map(t -> new Annotated(s.in().file(), t))))
        .flatMap(
            a -> {
              var element = LIST.matcher(a.type());
              return element.matches() ? named(a.file(), element.group(1)) : Optional.empty();
            });
  }

  private record Annotated(PythonFile file, String type) {}

  /// What the class says of an attribute: its annotation or value.
  record Said(Known in, PythonClass.Attribute attribute) {}

  Optional<Said> attribute(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : ofPath(path.substring(0, dot))
            .flatMap(k -> attribute(k, path.substring(dot + 1), MOST_BASES));
  }

  private Optional<Said> attribute(Known known, String name, int levels) {
    var own = known.type().attribute(name).map(a -> new Said(known, a));
    return own.isPresent() || levels == 0
        ? own
        : bases(known).flatMap(b -> attribute(b, name, levels - 1).stream()).findFirst();
  }

  private Optional<Known> typeOf(PythonFile file, Said said) {
    return said.attribute().type().flatMap(t -> named(file, t));
  }

  /// The method that a call on an object of known class runs.
  Optional<PythonFunction> method(Call call) {
    return call.receiver().flatMap(this::of).flatMap(k -> method(k, call.name(), MOST_BASES));
  }

  private Optional<PythonFunction> method(Known known, String name, int levels) {
    var own = known.type().method(name);
    return own.isPresent() || levels == 0
        ? own
        : bases(known).flatMap(b -> method(b, name, levels - 1).stream()).findFirst();
  }

  /// The property that reading an attribute of an object of known class runs.
  Optional<PythonFunction> property(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : ofPath(path.substring(0, dot))
            .flatMap(k -> method(k, path.substring(dot + 1), MOST_BASES))
            .filter(PythonFunction::isProperty);
  }

  private java.util.stream.Stream<Known> bases(Known known) {
    return known.type().bases().stream().flatMap(b -> named(known.file(), b).stream());
  }

  /// A class by the name it has in a file: defined there, or imported from the checkout.
  Optional<Known> named(PythonFile file, String written) {
    var name =
        written
            .replaceAll("[\"' ]|\\| None", "")
            .replaceFirst("^(typing\\.)?Optional\\[(.*)]$", "$2");
    var here = file.classNamed(name).map(c -> new Known(file, c));
    if (here.isPresent() || !name.matches("[\\w.]+")) {
      return here;
    }
    var full = file.imports().resolve(name);
    int dot = full.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : spot.sources()
            .module(full.substring(0, dot))
            .flatMap(f -> f.classNamed(full.substring(dot + 1)).map(c -> new Known(f, c)));
  }

  private static boolean isClassName(String callee) {
    return Character.isUpperCase(callee.charAt(callee.lastIndexOf('.') + 1));
  }
}
