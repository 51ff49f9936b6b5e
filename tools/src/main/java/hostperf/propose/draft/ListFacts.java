package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Names.Binding;
import hostperf.source.Names.Kind;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import java.util.Optional;
import java.util.Set;

/// Whether an expression is seen to be a list (or tuple): by what it is, what its name is bound
/// to, or its annotation.
final class ListFacts {
  private static final Set<String> MAKERS = Set.of("list", "sorted", "tuple");

  private ListFacts() {}

  static boolean isList(Spot spot, Node expression) {
    var node = Syntax.bare(expression);
    if (node.is("list", "list_comprehension", "tuple")) {
      return true;
    }
    if (node.is("call")) {
      return Call.of(node)
          .filter(
              c ->
                  MAKERS.contains(c.callee()) && new Kinds(spot).isOwn(c.callee())
                      || c.isNamed("tolist")
                          && c.receiver()
                              .filter(r -> new Kinds(spot).is(r, Kinds.Kind.TENSOR))
                              .isPresent())
          .isPresent();
    }
    return Names.path(node).filter(p -> isBoundToList(spot, p)).isPresent();
  }

  /// Every plain binding of the name gives a list, and there is one.
  static boolean isBoundToList(Spot spot, String path) {
    var plain =
        spot.names().bindings(path).stream()
            .filter(b -> b.kind() != Kind.MUTATED && b.kind() != Kind.AUGMENTED)
            .toList();
    if (!plain.isEmpty()) {
      return plain.stream().allMatch(b -> givesList(spot, b));
    }
    return new Types(spot).attribute(path).filter(s -> isListAttribute(s.attribute())).isPresent();
  }

  private static boolean isListAttribute(PythonClass.Attribute attribute) {
    return attribute.annotation().map(ListFacts::isListType).orElse(false)
        || attribute.value().filter(v -> v.is("list", "list_comprehension")).isPresent();
  }

  private static boolean givesList(Spot spot, Binding binding) {
    return switch (binding.kind()) {
      case ASSIGNED ->
          annotation(binding).map(ListFacts::isListType).orElse(false)
              || binding
                  .value()
                  .filter(v -> !v.text().equals(binding.name()))
                  .filter(v -> isList(spot, v))
                  .isPresent();
      case PARAMETER -> annotation(binding).map(ListFacts::isListType).orElse(false);
      case UNPACKED, AUGMENTED, LOOP, WITH, MUTATED -> false;
    };
  }

  static Optional<String> annotation(Binding binding) {
    return binding.node().child("type").map(Node::text);
  }

  private static boolean isListType(String type) {
    return type.matches("(typing\\.)?([Ll]ist|[Tt]uple)\\b.*");
  }

  /// The elements are seen to be hashable: literals, or annotated so.
  static boolean hasHashableElements(Spot spot, String path) {
    return spot.names().bindings(path).stream()
        .anyMatch(
            b ->
                annotation(b)
                        .filter(t -> t.matches("(typing\\.)?[Ll]ist\\[(int|str|bytes|float)\\]"))
                        .isPresent()
                    || b.value()
                        .filter(
                            v ->
                                v.is("list", "tuple")
                                    && !v.items().isEmpty()
                                    && v.items().stream().allMatch(Syntax::isLiteral))
                        .isPresent());
  }

  /// Some element is seen to be none: a list in a list.
  static boolean hasUnhashableElements(Spot spot, String path) {
    return spot.names().bindings(path).stream()
        .anyMatch(
            b ->
                annotation(b)
                        .filter(
                            t ->
                                t.matches(
                                    "(typing\\.)?[Ll]ist\\[(typing\\.)?([Ll]ist|[Dd]ict|[Ss]et)\\b.*"))
                        .isPresent()
                    || b.value()
                        .filter(v -> v.is("list"))
                        .filter(
                            v ->
                                v.items().stream().anyMatch(i -> i.is("list", "dictionary", "set")))
                        .isPresent()
                    || b.value()
                        .filter(v -> v.is("list_comprehension"))
                        .flatMap(v -> v.child("body"))
                        .filter(e -> e.is("list", "dictionary", "set", "list_comprehension"))
                        .isPresent());
  }
}
