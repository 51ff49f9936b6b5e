package hostperf.propose.draft;

import hostperf.source.Kind;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.Optional;

/// What is seen of a list: that it is one, and whether its elements can be keys.
final class Lists {
  private static final String NAME = "(typing\\.)?([Ll]ist|[Tt]uple|[Ss]et|[Ff]rozen[Ss]et)";

  private Lists() {}

  static boolean isList(DraftSite site, Node expression) {
    return site.kinds().is(expression, Kind.LIST, Kind.TUPLE);
  }

  /// The elements are seen to be hashable: literals, or annotated so.
  static boolean hasHashableElements(DraftSite site, Node list) {
    return element(site, list).filter(t -> t.matches("int|str|bytes|float|bool")).isPresent()
        || made(site, list)
            .filter(v -> v.is("list", "tuple") && !v.items().isEmpty())
            .filter(v -> v.items().stream().allMatch(Syntax::isLiteral))
            .isPresent();
  }

  /// Some element is seen to be none: a list in a list.
  static boolean hasUnhashableElements(DraftSite site, Node list) {
    return element(site, list)
            .filter(t -> t.matches("(?i)(typing\\.)?(list|dict|set)\\b.*"))
            .isPresent()
        || made(site, list)
            .filter(v -> v.is("list"))
            .filter(v -> v.items().stream().anyMatch(i -> i.is("list", "dictionary", "set")))
            .isPresent()
        || made(site, list)
            .filter(v -> v.is("list_comprehension"))
            .flatMap(v -> v.child("body"))
            .filter(e -> e.is("list", "dictionary", "set", "list_comprehension"))
            .isPresent();
  }

  /// Every element is seen to be a list.
  static boolean holdsLists(DraftSite site, Node lists) {
    return lists.isComprehension() && lists.child("body").filter(b -> isList(site, b)).isPresent()
        || element(site, lists).filter(t -> t.matches("(typing\\.)?[Ll]ist\\b.*")).isPresent()
        || made(site, lists)
            .filter(Node::isComprehension)
            .flatMap(v -> v.child("body"))
            .filter(e -> isList(site, e))
            .isPresent();
  }

  private static Optional<String> element(DraftSite site, Node list) {
    return site.types()
        .annotation(list, site.function())
        .map(a -> a.text().replace(" ", ""))
        .filter(t -> t.matches(NAME + "\\[.*]"))
        .map(t -> t.substring(t.indexOf('[') + 1, t.length() - 1).replace(",...", ""));
  }

  /// What the name is set to, where that is one thing.
  private static Optional<Node> made(DraftSite site, Node list) {
    var values =
        Names.path(list).map(site.names()::bindings).stream()
            .flatMap(b -> b.stream())
            .filter(b -> b.kind() == Names.Kind.ASSIGNED)
            .flatMap(b -> b.value().stream())
            .toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
