package hostperf.propose.draft;

import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Replacements in one file's text. Everything outside of them stays as it is, byte for byte.
final class Edits {
  private record Edit(int start, int end, String text) {}

  private final PythonFile file;
  private final List<Edit> edits = new ArrayList<>();

  Edits(PythonFile file) {
    this.file = file;
  }

  Edits replace(Node node, String text) {
    return replace(node.start(), node.end(), text);
  }

  Edits replace(int start, int end, String text) {
    edits.add(new Edit(start, end, text));
    return this;
  }

  /// A new line above a statement, indented like it.
  Edits above(Node statement, String line) {
    int at = file.offset(statement.line());
    return replace(at, at, indent(statement) + line + newline());
  }

  /// A new line below a statement, indented like it.
  Edits below(Node statement, String line) {
    int at = lineEnd(statement.endLine());
    return replace(at, at, newline() + indent(statement) + line);
  }

  /// The whole lines from one statement to another, comments at their ends included, without the
  /// first line's indentation, indented anew.
  String lines(Node first, Node last, String indent) {
    var text = file.text().substring(first.start(), lineEnd(last.endLine())).stripTrailing();
    return text.replace("\n" + indent(first), "\n" + indent);
  }

  /// Removes the lines of a statement.
  Edits remove(Node statement) {
    int end = lineEnd(statement.endLine());
    int next = Math.min(file.text().length(), end + newline().length());
    return replace(file.offset(statement.line()), next, "");
  }

  /// Whether a statement has its lines to itself, so that lines can be added above and removed.
  static boolean ownsItsLines(Node statement) {
    var file = statement.file();
    var before = file.text().substring(file.offset(statement.line()), statement.start());
    var end = file.text().substring(statement.end());
    var rest = end.lines().findFirst().orElse("").strip();
    return before.isBlank() && (rest.isEmpty() || rest.startsWith("#"));
  }

  static String indent(Node statement) {
    var line = statement.file().line(statement.line());
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private int lineEnd(int line) {
    return file.offset(line) + file.line(line).length() + trailing(line);
  }

  /// `line` strips blanks from the end; they still stand in the text.
  private int trailing(int line) {
    int from = file.offset(line) + file.line(line).length();
    int at = from;
    while (at < file.text().length() && " \t".indexOf(file.text().charAt(at)) >= 0) {
      at++;
    }
    return at - from;
  }

  String newline() {
    return file.text().contains("\r\n") ? "\r\n" : "\n";
  }

  String applied() {
    var text = new StringBuilder();
    int at = 0;
    for (var edit : edits.stream().sorted(Comparator.comparingInt(Edit::start)).toList()) {
      text.append(file.text(), at, edit.start()).append(edit.text());
      at = edit.end();
    }
    return text.append(file.text(), at, file.text().length()).toString();
  }
}
