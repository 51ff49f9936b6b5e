package hostperf.source;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Every module that a file's text can import, wherever the import stands, `import_module` and
/// `__import__` of a plain text too.
public final class ImportedModules {
  private static final Pattern BY_NAME =
      Pattern.compile(
          "(?:import_module|__import__|run_module)\\s*\\(\\s*[rub]?[\"']([\\w.]+)[\"']");

  private ImportedModules() {}

  /// @param name dotted; of a relative import from the root of the checkout
  /// @param isRelative found below the importing file's package alone
  public record Module(String name, boolean isRelative) implements Comparable<Module> {
    @Override
    public int compareTo(Module other) {
      return (name + isRelative).compareTo(other.name + other.isRelative);
    }
  }

  /// `from a import b` can import `a` and `a.b`.
  public static Set<Module> of(PythonFile file) {
    var found = new TreeSet<Module>();
    file.root()
        .find("import_statement", "import_from_statement")
        .forEach(
            statement -> {
              if (statement.is("import_statement")) {
                for (var name : statement.all("name")) {
                  found.add(new Module(plain(name), false));
                }
              } else {
                from(statement, file.path(), found);
              }
            });
    var calls = BY_NAME.matcher(file.text());
    while (calls.find()) {
      found.add(new Module(calls.group(1), false));
    }
    return found;
  }

  private static void from(Node statement, String path, Set<Module> found) {
    var module = statement.child("module_name").map(Node::text).orElse("");
    boolean isRelative = module.startsWith(".");
    var full = isRelative ? Imports.absolute(module, path) : module;
    if (!full.isEmpty()) {
      found.add(new Module(full, isRelative));
    }
    for (var name : statement.all("name")) {
      found.add(new Module(full.isEmpty() ? plain(name) : full + "." + plain(name), isRelative));
    }
  }

  private static String plain(Node name) {
    return name.is("aliased_import") ? name.child("name").map(Node::text).orElse("") : name.text();
  }
}
