package hostperf.propose.draft;

import hostperf.source.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// `import x` inside a function → the same statement at module level.
///
/// Only for what the module imports at its top anyway, and for modules of the standard library:
/// for others the import may stand inside to break a cycle, or because it is optional.
final class ImportToModule implements Shape {
  private static final Set<String> STANDARD =
      Set.of(
          "abc",
          "argparse",
          "array",
          "ast",
          "asyncio",
          "base64",
          "bisect",
          "collections",
          "concurrent",
          "contextlib",
          "copy",
          "ctypes",
          "dataclasses",
          "datetime",
          "enum",
          "functools",
          "gc",
          "hashlib",
          "heapq",
          "importlib",
          "inspect",
          "io",
          "itertools",
          "json",
          "logging",
          "math",
          "multiprocessing",
          "operator",
          "os",
          "pathlib",
          "pickle",
          "queue",
          "random",
          "re",
          "shutil",
          "signal",
          "socket",
          "statistics",
          "string",
          "struct",
          "subprocess",
          "sys",
          "tempfile",
          "threading",
          "time",
          "traceback",
          "types",
          "typing",
          "uuid",
          "warnings",
          "weakref");

  @Override
  public String pattern() {
    return "import-to-module";
  }

  @Override
  public Attempt attempt(Spot spot) {
    var statement = spot.statement();
    if (!statement.is("import_statement", "import_from_statement")
        || !Edits.ownsItsLines(statement)) {
      return Attempt.NO_MATCH;
    }
    if (statement.ancestor("try_statement").isPresent()) {
      return Attempt.refused("no_cost", "the import is tried, so the module may be missing");
    }
    for (var module : modules(statement).toList()) {
      if (!isKnown(spot, module)) {
        return Attempt.refused(
            "no_cycle",
            "`%s` is neither of the standard library nor imported at the top of this file"
                .formatted(module));
      }
    }
    if (statement.text().contains("*") || clashes(spot, statement)) {
      return Attempt.refused("same_name", "a name it binds stands for something else in this file");
    }
    var edits = new Edits(spot.file());
    ModuleTop.addImport(edits, spot.file(), statement.text());
    if (Syntax.siblings(statement).size() == 1) {
      edits.replace(statement, "pass");
    } else {
      edits.remove(statement);
    }
    return Attempt.draft(
        edits,
        List.of("no_cycle", "no_cost", "same_name"),
        "Moves `%s` to module level.".formatted(statement.text()));
  }

  private static Stream<String> modules(Node statement) {
    return statement.is("import_from_statement")
        ? statement.child("module_name").stream().map(Node::text)
        : statement.all("name").stream().map(n -> n.child("name").orElse(n).text());
  }

  private static boolean isKnown(Spot spot, String module) {
    var top = module.split("\\.")[0];
    return STANDARD.contains(top)
        || ModuleTop.imports(spot.file()).stream()
            .flatMap(ImportToModule::modules)
            .anyMatch(module::equals);
  }

  /// A name that the module or another function binds as well.
  private static boolean clashes(Spot spot, Node statement) {
    return statement.all("name").stream()
        .map(n -> n.child("alias").orElse(n).text().split("\\.")[0])
        .anyMatch(
            n ->
                spot.file().constant(n).isPresent()
                    || spot.file().classNamed(n).isPresent()
                    || spot.file().functions().stream()
                        .anyMatch(
                            f -> f.qualifiedName().equals(n) || !f.names().bindings(n).isEmpty())
                    || ModuleTop.imports(spot.file()).stream()
                        .anyMatch(
                            i ->
                                !i.text().equals(statement.text())
                                    && i.all("name").stream()
                                        .anyMatch(
                                            o -> o.child("alias").orElse(o).text().equals(n))));
  }
}
