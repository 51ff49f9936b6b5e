package hostperf.source;

import java.util.List;
import java.util.Optional;

/// A call: `receiver.name(arguments, keyword=value)`.
///
/// @param node the whole call
/// @param callee what is called, as written: `self.pool.get`, `torch.tensor`; whitespace and
///     line breaks inside are kept
/// @param positional arguments without a name, `*args` included
public record Call(Node node, String callee, List<Node> positional) {
  public Call {
    positional = List.copyOf(positional);
  }

  public static Optional<Call> of(Node node) {
    if (!node.is("call")) {
      return Optional.empty();
    }
    var callee = node.child("function").map(Node::text).orElse("");
    var arguments = node.child("arguments");
    var positional =
        arguments
            .filter(a -> a.is("generator_expression"))
            .map(List::of)
            .or(
                () ->
                    arguments.map(
                        a -> a.items().stream().filter(i -> !i.is("keyword_argument")).toList()));
    return Optional.of(new Call(node, callee, positional.orElse(List.of())));
  }

  /// The last part of the callee: `get` of `self.pool.get`.
  public String name() {
    return function()
        .flatMap(f -> f.is("attribute") ? f.child("attribute").map(Node::text) : Optional.empty())
        .orElse(callee);
  }

  /// What stands before the last dot.
  public Optional<Node> receiver() {
    return function().filter(f -> f.is("attribute")).flatMap(f -> f.child("object"));
  }

  public Optional<Node> function() {
    return node.child("function");
  }

  /// The value of a named argument.
  public Optional<Node> keyword(String name) {
    return node.child("arguments").stream()
        .flatMap(a -> a.items().stream())
        .filter(a -> a.is("keyword_argument"))
        .filter(a -> a.child("name").filter(n -> n.text().equals(name)).isPresent())
        .findFirst()
        .flatMap(a -> a.child("value"));
  }

  /// The n-th positional argument, from 0.
  public Optional<Node> argument(int index) {
    return index < positional.size() ? Optional.of(positional.get(index)) : Optional.empty();
  }

  public boolean isNamed(String... names) {
    return List.of(names).contains(name());
  }

  /// The callee with its first part resolved through the file's imports; of a call on the result
  /// of another (`torch.ones(3).view(-1)`) only a dot and the name.
  public String resolved() {
    return isPath() ? node.file().imports().resolve(callee) : "." + name();
  }

  /// Whether it is a function of this module or package, by the import or as usually written.
  public boolean isOf(String module) {
    return isPath() && (callee.startsWith(module + ".") || resolved().startsWith(module + "."));
  }

  private boolean isPath() {
    return function().flatMap(Names::path).isPresent();
  }
}
