package hostperf.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the names stand for that a file imports outside functions.
///
/// `np` → `numpy`, `Sampler` → `engine.sampling.Sampler`. Relative imports are resolved by the
/// file's path, taken as a path from the root of the packages.
public final class Imports {
  private final Map<String, String> byName;
  private final Set<String> modules;

  private Imports(Map<String, String> byName, Set<String> modules) {
    this.byName = Map.copyOf(byName);
    this.modules = Set.copyOf(modules);
  }

  static Imports of(Node root, String path) {
    var found = new HashMap<String, String>();
    var modules = new HashSet<String>();
    root.tree(n -> !n.is("function_definition"))
        .forEach(
            n -> {
              if (n.is("import_statement")) {
                plain(n, found);
                n.all("name").stream()
                    .map(name -> name.child("alias").orElse(name).text().split("\\.")[0])
                    .forEach(modules::add);
              } else if (n.is("import_from_statement")) {
                from(n, path, found);
              }
            });
    return new Imports(found, modules);
  }

  /// Local name to full dotted name.
  public Map<String, String> names() {
    return byName;
  }

  /// Whether `import` binds the name, which then stands for a module.
  boolean isModule(String name) {
    return modules.contains(name);
  }

  /// A dotted name with its first part replaced by what was imported: `np.array` →
  /// `numpy.array`. Unknown names come back unchanged.
  public String resolve(String dotted) {
    int dot = dotted.indexOf('.');
    var head = dot < 0 ? dotted : dotted.substring(0, dot);
    var full = byName.get(head);
    return full == null ? dotted : dot < 0 ? full : full + dotted.substring(dot);
  }

  private static void plain(Node statement, Map<String, String> into) {
    for (var name : statement.all("name")) {
      if (name.is("aliased_import")) {
        alias(name, "", into);
      } else {
        var head = name.text().split("\\.")[0];
        into.put(head, head);
      }
    }
  }

  private static void from(Node statement, String path, Map<String, String> into) {
    var module = statement.child("module_name").map(Node::text).orElse("");
    var prefix = (module.startsWith(".") ? absolute(module, path) : module) + ".";
    for (var name : statement.all("name")) {
      if (name.is("aliased_import")) {
        alias(name, prefix, into);
      } else {
        into.put(name.text(), prefix + name.text());
      }
    }
  }

  private static void alias(Node name, String prefix, Map<String, String> into) {
    var full = name.child("name").map(Node::text).orElse("");
    name.child("alias").ifPresent(a -> into.put(a.text(), prefix + full));
  }

  static String absolute(String module, String path) {
    int dots = 0;
    while (dots < module.length() && module.charAt(dots) == '.') {
      dots++;
    }
    var folder = path;
    for (int i = 0; i < dots; i++) {
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
    }
    var base = folder.replace('/', '.');
    var rest = module.substring(dots);
    return base.isEmpty() || rest.isEmpty() ? base + rest : base + "." + rest;
  }
}
