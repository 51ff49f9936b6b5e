package hostperf.propose.draft;

import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.util.List;
import java.util.Optional;

/// Where lines go at the top of a module: imports by name among imports, constants behind them.
final class ModuleTop {
  private ModuleTop() {}

  /// Adds an import statement unless the module has the very same one.
  static void addImport(Edits edits, PythonFile file, String statement) {
    var imports = imports(file);
    if (imports.stream().anyMatch(i -> i.text().equals(statement))) {
      return;
    }
    var kind = statement.startsWith("import ") ? "import_statement" : "import_from_statement";
    var same = imports.stream().filter(i -> i.is(kind)).toList();
    var next = same.stream().filter(i -> i.text().compareTo(statement) > 0).findFirst();
    if (next.isPresent()) {
      edits.above(next.get(), statement);
    } else if (!same.isEmpty()) {
      edits.below(same.getLast(), statement);
    } else if (!imports.isEmpty() && kind.equals("import_statement")) {
      edits.above(imports.getFirst(), statement);
    } else {
      addBelowImports(edits, file, statement);
    }
  }

  private static void addBelowImports(Edits edits, PythonFile file, String line) {
    var last = last(file);
    if (last.isPresent()) {
      edits.below(last.get(), line);
    } else {
      edits.replace(0, 0, line.strip() + edits.newline());
    }
  }

  /// The last of the leading imports, else the docstring or `from __future__`.
  private static Optional<Node> last(PythonFile file) {
    return file.root().items().stream()
        .takeWhile(
            n ->
                n.is("import_statement", "import_from_statement", "future_import_statement")
                    || isDocstring(n))
        .reduce((_, later) -> later)
        .or(() -> imports(file).stream().reduce((_, later) -> later));
  }

  private static boolean isDocstring(Node node) {
    return Syntax.only(node).filter(s -> s.is("string")).isPresent();
  }

  /// Top-level imports, in order, `from __future__` left out.
  static List<Node> imports(PythonFile file) {
    return file.root().items().stream()
        .filter(n -> n.is("import_statement", "import_from_statement"))
        .toList();
  }
}
