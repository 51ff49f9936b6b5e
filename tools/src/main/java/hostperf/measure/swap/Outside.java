package hostperf.measure.swap;

import hostperf.patch.FileChange;
import hostperf.patch.LineMap;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What of a module stands outside the bodies of its functions, comments left out.
///
/// @param leftOut what one version only has, and the other does not notice
record Outside(PythonFile before, PythonFile after, Set<Node> leftOut) {
  private static final int LONGEST_QUOTE = 60;

  private record Token(Node node, String text) {}

  /// The first difference, as a reason against a swap.
  Optional<String> difference() {
    if (before.hasErrors() || after.hasErrors()) {
      return Optional.of("%s cannot be read as Python".formatted(after.path()));
    }
    var was = tokens(before);
    var is = tokens(after);
    for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
      if (i >= was.size() || i >= is.size() || !was.get(i).text().equals(is.get(i).text())) {
        var here = i < is.size() ? is.get(i).node() : was.get(i).node();
        return Optional.of(
            changedLine().orElseGet(() -> objection(here.line(), here.file().line(here.line()))));
      }
    }
    return Optional.empty();
  }

  private String objection(int number, String text) {
    var line = text.strip();
    return "%s changes outside the bodies of functions, at line %d: `%s`"
        .formatted(
            after.path(),
            number,
            line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…");
  }

  /// The first line there that is gone or was rewritten, else the first new one.
  private Optional<String> changedLine() {
    var map = LineMap.of(new FileChange(after.path(), before.text(), after.text()));
    return map.removed().stream()
        .filter(line -> isOutside(before, line))
        .findFirst()
        .map(line -> objection(line, before.line(line)))
        .or(
            () ->
                map.added().stream()
                    .filter(line -> isOutside(after, line))
                    .findFirst()
                    .map(line -> objection(line, after.line(line))));
  }

  private boolean isOutside(PythonFile file, int line) {
    return !file.line(line).isBlank()
        && file.functions().stream().noneMatch(f -> f.body().covers(line))
        && leftOut.stream().noneMatch(n -> n.file().equals(file) && n.covers(line));
  }

  /// Kinds of nodes with the texts of leaves: punctuation is no node, but `(a,)` is another kind
  /// than `(a)`.
  private List<Token> tokens(PythonFile file) {
    Set<Node> bodies =
        file.functions().stream().map(PythonFunction::body).collect(Collectors.toSet());
    var tokens = new ArrayList<Token>();
    file.root()
        .tree(node -> !bodies.contains(node) && !node.is("string") && !leftOut.contains(node))
        .filter(node -> !node.is("comment") && !leftOut.contains(node))
        .forEach(
            node -> {
              boolean isLeaf = node.is("string") || node.children().isEmpty();
              boolean isShown = isLeaf && !bodies.contains(node);
              tokens.add(new Token(node, node.kind() + (isShown ? " " + node.text() : "")));
            });
    return tokens;
  }
}
