package hostperf.audit;

import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The other files of the package, as the commit has them that a run began with. A module that
/// they use, a changed file may begin to use. No patch is in it, so none can allow itself anything.
public final class Neighbours {
  /// Nothing is known of other files.
  public static final Neighbours NONE = new Neighbours(List.of(), _ -> Optional.empty());

  /// Modules that carry work or figures out of the process: asked about wherever they are new.
  private static final Set<String> CARRIERS =
      Set.of(
          ("ray dask distributed joblib loky gevent eventlet trio anyio uvloop zmq nanomsg grpc grpclib"
                  + " redis etcd3 kazoo mpi4py nixl mooncake prometheus_client opentelemetry wandb"
                  + " mlflow setproctitle py_cpuinfo pynvml numba cupy cffi cppyy pybind11 cython")
              .split(" "));

  private final Set<String> paths;
  private final Function<String, Optional<String>> text;
  private final Map<String, List<String>> byName;
  private final Map<String, Boolean> known = new HashMap<>();
  private final Map<String, Boolean> modules = new HashMap<>();

  /// @param paths the commit's files, relative to the checkout
  /// @param text the text of one of them
  public Neighbours(Collection<String> paths, Function<String, Optional<String>> text) {
    this.paths = Set.copyOf(paths);
    this.text = text;
    this.byName = this.paths.stream().collect(Collectors.groupingBy(Neighbours::name));
  }

  /// Whether another file of the package imports this module, `numpy` for `numpy.linalg` too.
  boolean use(String path, String module) {
    return !CARRIERS.contains(module)
        && known.computeIfAbsent(
            top(path) + " " + module,
            _ ->
                paths.stream()
                    .filter(p -> p.endsWith(".py") && !p.equals(path))
                    .filter(p -> isBeside(p, path))
                    .anyMatch(p -> imports(p, module)));
  }

  private boolean imports(String path, String module) {
    return text.apply(path)
        .filter(t -> t.contains(module))
        .map(t -> PythonFile.of(path, t).root().find("import_statement", "import_from_statement"))
        .map(
            all ->
                all.filter(s -> !isForTypesAlone(s))
                    .flatMap(Neighbours::roots)
                    .anyMatch(module::equals))
        .orElse(false);
  }

  /// Whether a file of the checkout sets an attribute of this name to None, for others to fill, and
  /// none has a function of this name.
  boolean leaveOpen(String attribute) {
    return mentioned("\\bself\\." + attribute + "\\b[^=\\n]*=\\s*None\\b", attribute)
        && !mentioned("\\bdef\\s+" + attribute + "\\b", attribute);
  }

  /// Whether a file of the checkout reads an attribute of this name with something in its place
  /// where an object has none.
  boolean askFor(String attribute) {
    return mentioned(
        "\\bgetattr\\(\\s*[\\w.]+,\\s*[\"']" + attribute + "[\"'],[^()]*\\)", attribute);
  }

  private boolean mentioned(String pattern, String name) {
    return known.computeIfAbsent(
        pattern,
        _ -> {
          var found = Pattern.compile(pattern);
          return paths.stream()
              .filter(p -> p.endsWith(".py"))
              .flatMap(p -> text.apply(p).stream())
              .anyMatch(t -> t.contains(name) && found.matcher(t).find());
        });
  }

  private static Stream<String> roots(Node statement) {
    var names =
        statement.is("import_statement")
            ? statement.all("name").stream().map(n -> n.child("name").orElse(n))
            : statement.child("module_name").stream();
    return names.map(Snippets::plain).filter(n -> !n.startsWith(".")).map(n -> n.split("\\.")[0]);
  }

  private static boolean isForTypesAlone(Node statement) {
    return statement
        .ancestor("if_statement")
        .flatMap(i -> i.child("condition"))
        .filter(c -> c.text().endsWith("TYPE_CHECKING"))
        .isPresent();
  }

  /// How many of the first parts of a full name lead to a module of the checkout that stands for
  /// none of Python's: `engine.multiprocessing.Worker` is no process of Python's where the commit
  /// has `engine/multiprocessing.py`, unless that file passes on what Python's module has.
  int ownParts(String path, String dotted) {
    var parts = Arrays.asList(dotted.split("\\."));
    int dots = (int) parts.stream().takeWhile(String::isEmpty).count();
    for (int to = parts.size(); to > dots; to--) {
      var file = String.join("/", parts.subList(dots, to));
      var place = dots == 0 ? file : up(path, dots) + file;
      boolean whole = dots > 0;
      var name = parts.get(to - 1);
      if (modules.computeIfAbsent(place + whole, _ -> isModule(place, whole, name))) {
        return to;
      }
    }
    return 0;
  }

  private boolean isModule(String place, boolean whole, String name) {
    var passedOn = Pattern.compile("(?m)^\\s*(?:from|import)\\s+" + Pattern.quote(name) + "\\b");
    return List.of(place + ".py", place + "/__init__.py").stream()
        .flatMap(
            file ->
                byName.getOrDefault(name(file), List.of()).stream()
                    .filter(p -> p.equals(file) || !whole && p.endsWith("/" + file)))
        .findFirst()
        .flatMap(text)
        .filter(t -> !passedOn.matcher(t).find())
        .isPresent();
  }

  private static String up(String path, int dots) {
    var folder = path;
    for (int i = 0; i < dots; i++) {
      folder = folder(folder);
    }
    return folder.isEmpty() ? "" : folder + "/";
  }

  /// A file of the same folder, or anywhere in the package that this folder is part of.
  private boolean isBeside(String other, String path) {
    return folder(other).equals(folder(path))
        || paths.contains(top(path) + "/__init__.py") && other.startsWith(top(path) + "/");
  }

  /// The outermost folder of the package, by the `__init__.py` from there down.
  private String top(String path) {
    var top = folder(path);
    while (paths.contains(folder(top) + "/__init__.py")) {
      top = folder(top);
    }
    return top.isEmpty() ? path : top;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String folder(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }
}
