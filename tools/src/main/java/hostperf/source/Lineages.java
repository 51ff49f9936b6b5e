package hostperf.source;

import hostperf.source.PythonClass.Attribute;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Classes with their bases, and with the classes that derive from them.
public final class Lineages {
  private final Modules modules;
  private final Map<PythonClass, List<PythonClass>> derived = new ConcurrentHashMap<>();

  Lineages(Modules modules) {
    this.modules = modules;
  }

  /// What a class says of an attribute.
  public record Said(PythonClass in, Attribute attribute) {}

  /// The class and its bases, nearest first, as far as their source is there.
  List<PythonClass> of(PythonClass type) {
    var found = new LinkedHashSet<PythonClass>();
    collect(type, found);
    return List.copyOf(found);
  }

  private void collect(PythonClass type, Set<PythonClass> into) {
    if (into.add(type)) {
      type.bases().stream()
          .flatMap(base -> modules.classNamed(bare(base), type.node().file()).stream())
          .forEach(base -> collect(base, into));
    }
  }

  private static String bare(String base) {
    return base.replaceFirst("(?s)\\[.*", "");
  }

  /// Whether the source of every base is there, so that what is not found is not there.
  boolean isWhole(PythonClass type) {
    return of(type).stream()
        .allMatch(
            c ->
                c.bases().stream()
                    .map(Lineages::bare)
                    .allMatch(
                        b ->
                            b.matches("object|(\\w+\\.)?(ABC|NamedTuple|Generic|Protocol)")
                                || modules.classNamed(b, c.node().file()).isPresent()));
  }

  public Optional<Said> attribute(PythonClass type, String name) {
    return of(type).stream()
        .flatMap(c -> c.attribute(name).map(a -> new Said(c, a)).stream())
        .findFirst();
  }

  /// A method of a class or of its bases.
  Optional<PythonFunction> method(PythonClass type, String name) {
    return of(type).stream().flatMap(c -> c.method(name).stream()).findFirst();
  }

  /// Whether a class of the checkout derives from this one and has its own member of that name: an
  /// object of this class may be one of that.
  boolean isOverridden(PythonClass type, String name) {
    return derived
        .computeIfAbsent(
            type, t -> Stream.concat(derivedInFile(t), modules.subclasses(t).stream()).toList())
        .stream()
        .anyMatch(c -> c.method(name).isPresent());
  }

  Stream<PythonClass> derivedInFile(PythonClass type) {
    return type.node().file().classes().stream().filter(c -> c != type && of(c).contains(type));
  }
}
