package hostperf.measure.swap;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Names.Binding;
import hostperf.source.Node;
import java.util.Optional;
import java.util.stream.Stream;

/// What a statement or a call writes to.
final class Targets {
  private Targets() {}

  /// The objects that a statement or call changes through a name: `rows[i]` by `rows[i].n = 1`.
  static Stream<Node> changed(Binding binding) {
    var call = Call.of(binding.node());
    return call.isPresent()
        ? call.flatMap(Call::receiver).stream()
        : of(binding.node())
            .filter(t -> Names.base(t).filter(binding.name()::equals).isPresent())
            .map(t -> t.child("value").or(() -> changedObject(t)).orElse(t));
  }

  /// None for `del self.rows`, which is said of `.rows`.
  private static Optional<Node> changedObject(Node target) {
    return Names.path(target).isPresent() ? Optional.empty() : target.child("object");
  }

  /// What it binds, sets or deletes.
  static Stream<Node> of(Node statement) {
    return statement.is("delete_statement")
        ? statement.items().stream().flatMap(Targets::parts).map(Node::bare)
        : statement.child("left").stream().flatMap(Targets::parts);
  }

  private static Stream<Node> parts(Node target) {
    return target.is("pattern_list", "tuple_pattern", "list_pattern", "expression_list", "tuple")
        ? target.items().stream().flatMap(Targets::parts)
        : Stream.of(target);
  }
}
