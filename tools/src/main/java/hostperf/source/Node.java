package hostperf.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One node of a file's syntax: a copy of tree-sitter's, so that asking costs no call into C.
///
/// Kinds and fields are those of tree-sitter-python. Punctuation is left out; operators are kept.
/// Offsets count characters of `PythonFile.text()`, lines count from 1. A function's body is read
/// when it is first asked for.
public final class Node {
  private final PythonFile file;
  private final String kind;
  private final String field;
  private final int start;
  private final int end;
  private final @Nullable Node parent;
  private @Nullable List<Node> children;

  Node(PythonFile file, @Nullable Node parent, String kind, String field, int start, int end) {
    this.file = file;
    this.parent = parent;
    this.kind = kind;
    this.field = field;
    this.start = start;
    this.end = end;
  }

  void fill(List<Node> read) {
    children = read;
  }

  public PythonFile file() {
    return file;
  }

  public String kind() {
    return kind;
  }

  /// The role it plays in its parent, such as `left` or `body`; empty where it has none.
  public String field() {
    return field;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public int line() {
    return file.lineAt(start);
  }

  public int endLine() {
    return file.lineAt(Math.max(start, end - 1));
  }

  public String text() {
    return file.text().substring(start, end);
  }

  public Optional<Node> parent() {
    return Optional.ofNullable(parent);
  }

  public List<Node> children() {
    var read = children;
    return read != null ? read : file.read(this);
  }

  /// Whether this expression is a statement by itself, so that nobody gets its value.
  public boolean isWholeStatement() {
    return parent().filter(p -> p.is("expression_statement")).isPresent();
  }

  public boolean is(String... kinds) {
    for (var k : kinds) {
      if (kind.equals(k)) {
        return true;
      }
    }
    return false;
  }

  public Optional<Node> child(String role) {
    return children().stream().filter(c -> c.field.equals(role)).findFirst();
  }

  /// All children with this role: the `alternative`s of an `if`, for one.
  public List<Node> all(String role) {
    return children().stream().filter(c -> c.field.equals(role)).toList();
  }

  /// Children without a role, comments left out: the arguments of a call, the items of a list.
  public List<Node> items() {
    return children().stream().filter(c -> c.field.isEmpty() && !c.is("comment")).toList();
  }

  /// Without parentheses around it.
  public Node bare() {
    var at = this;
    while (at.is("parenthesized_expression") && at.items().size() == 1) {
      at = at.items().getFirst();
    }
    return at;
  }

  public boolean isComprehension() {
    return is(
        "list_comprehension",
        "set_comprehension",
        "dictionary_comprehension",
        "generator_expression");
  }

  /// What has to hold for a condition to hold: both sides of an `and`, without parentheses.
  public Stream<Node> conjuncts() {
    var node = bare();
    boolean both =
        node.is("boolean_operator")
            && node.child("operator").filter(o -> o.text().equals("and")).isPresent();
    return both
        ? Stream.of("left", "right").flatMap(f -> node.child(f).stream()).flatMap(Node::conjuncts)
        : Stream.of(node);
  }

  /// Itself and everything below, in the order of the text.
  public Stream<Node> tree() {
    return tree(_ -> true);
  }

  /// As `tree()`, but does not look below nodes that `enter` refuses; these are still listed.
  public Stream<Node> tree(Predicate<Node> enter) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new PreOrder(this, enter), Spliterator.ORDERED), false);
  }

  /// Itself and everything below of these kinds.
  public Stream<Node> find(String... kinds) {
    return tree().filter(n -> n.is(kinds));
  }

  /// From its parent up to the module.
  public Stream<Node> ancestors() {
    return Stream.iterate(parent(), Optional::isPresent, n -> n.flatMap(Node::parent))
        .flatMap(Optional::stream);
  }

  public Optional<Node> ancestor(String... kinds) {
    return ancestors().filter(n -> n.is(kinds)).findFirst();
  }

  public boolean contains(Node other) {
    return start <= other.start && other.end <= end;
  }

  public boolean covers(int line) {
    return line() <= line && line <= endLine();
  }

  @Override
  public String toString() {
    return kind + "@" + line();
  }

  /// Walks without recursion: generated Python can nest thousands of levels deep.
  private static final class PreOrder implements Iterator<Node> {
    private final ArrayDeque<Node> open = new ArrayDeque<>();
    private final Predicate<Node> enter;
    private final Node root;

    PreOrder(Node root, Predicate<Node> enter) {
      this.root = root;
      this.enter = enter;
      open.push(root);
    }

    @Override
    public boolean hasNext() {
      return !open.isEmpty();
    }

    @Override
    public Node next() {
      var node = open.pop();
      if (node == root || enter.test(node)) {
        var below = new ArrayList<>(node.children());
        for (int i = below.size() - 1; i >= 0; i--) {
          open.push(below.get(i));
        }
      }
      return node;
    }
  }
}
