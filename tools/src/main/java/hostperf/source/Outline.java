package hostperf.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The functions and classes of a module, found without reading a function's body.
record Outline(List<PythonClass> classes, List<PythonFunction> functions) {
  static Outline of(Node root) {
    var outline = new Outline(new ArrayList<>(), new ArrayList<>());
    outline.collect(root, Optional.empty(), "");
    return new Outline(List.copyOf(outline.classes), List.copyOf(outline.functions));
  }

  private void collect(Node below, Optional<PythonClass> owner, String prefix) {
    for (var node : below.children()) {
      if (node.is("function_definition")) {
        var function = new PythonFunction(node, owner, prefix);
        functions.add(function);
        owner.ifPresent(c -> c.add(function));
      } else if (node.is("class_definition")) {
        var nested = new PythonClass(node, prefix);
        classes.add(nested);
        collect(node, Optional.of(nested), nested.qualifiedName() + ".");
      } else if (node.is("decorated_definition", "block", "ERROR") || isBranch(node)) {
        collect(node, owner, prefix);
      }
    }
  }

  private static boolean isBranch(Node node) {
    return node.is(
        "if_statement",
        "elif_clause",
        "else_clause",
        "try_statement",
        "except_clause",
        "finally_clause",
        "with_statement");
  }
}
