package hostperf.audit;

import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Pieces of source as texts to compare and to quote.
final class Snippets {
  private static final int LONGEST = 60;

  private static final Pattern ESCAPED =
      Pattern.compile("\\\\(?:[xuU]0*([0-9a-fA-F]{1,4})|([0-7]{1,3})|N\\{([^}]+)\\})");

  private Snippets() {}

  /// A node's text without what only lays it out: comments, line breaks, blanks at
  /// brackets, last commas.
  static String plain(Node node) {
    return plain(node, node.start(), node.end());
  }

  private static String plain(Node node, int from, int to) {
    var text = new StringBuilder();
    int at = from;
    for (var part : node.find("string", "comment").toList()) {
      if (part.start() >= at && part.end() <= to) {
        text.append(code(node, at, part.start())).append(part.is("string") ? part.text() : "");
        at = part.end();
      }
    }
    return text.append(code(node, at, to)).toString().strip();
  }

  private static String code(Node node, int from, int to) {
    return node.file()
        .text()
        .substring(from, to)
        .replaceAll("\\s+", " ")
        .replaceAll(" ?([()\\[\\]{}]) ?", "$1")
        .replaceAll(",(?=[)\\]}])", "");
  }

  /// The same of a text that is no node's.
  static String laidOut(String code) {
    return code.replaceAll("\\s+", " ")
        .replaceAll(" ?([()\\[\\]{}]) ?", "$1")
        .replaceAll(",(?=[)\\]}])", "")
        .strip();
  }

  /// Whether an identifier is the name of an attribute or of an argument rather than of a value.
  static boolean isMemberOrKeyword(Node identifier) {
    return identifier.field().equals("attribute")
        || identifier.field().equals("name")
            && identifier.parent().filter(p -> p.is("keyword_argument")).isPresent();
  }

  static String quote(Node node) {
    return quote(plain(node));
  }

  static String quote(String text) {
    var shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return "`" + shown.replace('`', '\'') + "`";
  }

  /// The text of a statement; of a compound one that of its header.
  static String own(Node statement) {
    return statement.children().stream()
        .filter(c -> c.is("block"))
        .findFirst()
        .map(b -> plain(statement, statement.start(), headerEnd(statement, b)))
        .orElseGet(() -> plain(statement));
  }

  private static int headerEnd(Node statement, Node block) {
    return statement.children().stream()
        .filter(c -> c.start() < block.start() && !c.is("comment"))
        .mapToInt(Node::end)
        .max()
        .orElse(block.start());
  }

  static String ownOfStatementAround(Node node) {
    return own(Statements.around(node));
  }

  /// The innermost call that a node is the callee or an argument of, else the node.
  static Node callAround(Node node) {
    return node.ancestors()
        .takeWhile(a -> !Statements.isStatement(a) && !a.is("block", "lambda"))
        .filter(a -> a.is("call"))
        .findFirst()
        .orElse(node);
  }

  /// The name of the function around a node; empty for the module.
  static String function(Node node) {
    return node.ancestor("function_definition")
        .flatMap(f -> f.child("name"))
        .map(Node::text)
        .orElse("");
  }

  /// `num_requests` and `numRequests` as `num`, `requests`.
  static List<String> words(String name) {
    return Arrays.stream(name.split("_|(?<=[a-z0-9])(?=[A-Z])"))
        .filter(w -> !w.isEmpty())
        .map(w -> w.toLowerCase(Locale.ROOT))
        .toList();
  }

  /// The text between the quotes of a string, where nothing is interpolated.
  static Optional<String> literal(Node string) {
    if (string.is("parenthesized_expression")) {
      return string.items().stream().findFirst().flatMap(Snippets::literal);
    }
    if (string.is("concatenated_string")) {
      var parts = string.items().stream().map(Snippets::literal).toList();
      return parts.stream().allMatch(Optional::isPresent)
          ? Optional.of(String.join("", parts.stream().flatMap(Optional::stream).toList()))
          : Optional.empty();
    }
    if (!string.is("string") || string.items().stream().anyMatch(c -> c.is("interpolation"))) {
      return Optional.empty();
    }
    return Optional.of(content(string));
  }

  private static String content(Node string) {
    return String.join(
        "", string.items().stream().filter(c -> c.is("string_content")).map(Node::text).toList());
  }

  /// A text with the letters that its escapes stand for: `Th\x72ee` says `Three`.
  static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            m -> {
              int code =
                  m.group(1) != null
                      ? Integer.parseInt(m.group(1), 16)
                      : m.group(2) != null
                          ? Integer.parseInt(m.group(2), 8)
                          : Character.codePointOf(m.group(3));
              return Matcher.quoteReplacement(Character.toString(code));
            });
  }

  /// A string that stands alone as a statement: documentation.
  static boolean isDocumentation(Node string) {
    return string.isWholeStatement();
  }

  /// The last part of a name or attribute: `pool` of `self.pool`.
  static Optional<String> lastName(Node node) {
    return switch (node.kind()) {
      case "identifier" -> Optional.of(node.text());
      case "attribute" -> node.child("attribute").map(Node::text);
      default -> Optional.empty();
    };
  }

  /// The names that an expression mentions, parts of attributes included.
  static Stream<String> names(Node expression) {
    return expression.find("identifier").map(Node::text);
  }
}
