package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks that ask only what the object was made with: one such is enough, if it runs when the
/// object is made.
record ChecksOfState(Version before, Version after) {
  /// Whether the constructor now calls a method that makes this check of `self`, under the same
  /// conditions as a method did before.
  boolean keeps(Node raise) {
    var asked = conditions(raise);
    return !asked.isEmpty()
        && asked.stream().allMatch(ChecksOfState::isOfSelf)
        && raise.ancestor("class_definition").filter(c -> staysAsMade(c, asked)).isPresent()
        && alike(after, raise)
            .filter(r -> r.ancestor("class_definition").isPresent())
            .filter(r -> texts(r).containsAll(texts(raise)))
            .filter(r -> alike(before, r).anyMatch(b -> texts(b).equals(texts(r))))
            .anyMatch(this::runsWhenMade);
  }

  private static Stream<Node> alike(Version version, Node raise) {
    var text = Snippets.plain(raise);
    var owner = owner(raise);
    return version.nodes().stream()
        .filter(n -> n.is("raise_statement") && Snippets.plain(n).equals(text))
        .filter(n -> owner(n).equals(owner));
  }

  private static String owner(Node node) {
    return node.ancestor("class_definition")
        .flatMap(c -> c.child("name"))
        .map(Node::text)
        .orElse("");
  }

  private static Set<String> texts(Node raise) {
    return conditions(raise).stream().map(Snippets::plain).collect(Collectors.toSet());
  }

  /// The conditions that lead to a node, those of an `else` among them.
  private static Set<Node> conditions(Node node) {
    return node.ancestors()
        .takeWhile(a -> !a.is("function_definition"))
        .filter(a -> a.is("if_statement"))
        .flatMap(
            i ->
                Stream.concat(Stream.of(i), i.all("alternative").stream())
                    .flatMap(p -> p.child("condition").stream()))
        .collect(Collectors.toSet());
  }

  private static boolean isOfSelf(Node condition) {
    return condition.find("call").findAny().isEmpty()
        && condition
            .find("identifier")
            .filter(i -> !Snippets.isMemberOrKeyword(i))
            .allMatch(i -> i.text().equals("self"));
  }

  /// Whether no method but the constructor sets what the conditions read.
  private static boolean staysAsMade(Node owner, Set<Node> asked) {
    var read =
        asked.stream()
            .flatMap(c -> c.find("attribute"))
            .flatMap(a -> Names.path(a).stream())
            .collect(Collectors.toSet());
    return owner
        .find("function_definition")
        .filter(f -> !isConstructor(f))
        .flatMap(f -> f.find("assignment", "augmented_assignment"))
        .flatMap(a -> a.child("left").stream())
        .noneMatch(l -> Names.path(l).filter(read::contains).isPresent());
  }

  /// Whether the constructor calls the method around a node, under no condition.
  private boolean runsWhenMade(Node raise) {
    var method = Snippets.function(raise);
    return raise.ancestor("class_definition").stream()
        .flatMap(c -> c.find("function_definition"))
        .filter(ChecksOfState::isConstructor)
        .flatMap(f -> f.find("call"))
        .filter(c -> Call.of(c).filter(k -> k.callee().equals("self." + method)).isPresent())
        .anyMatch(
            c ->
                c.ancestors()
                    .takeWhile(a -> !a.is("function_definition"))
                    .noneMatch(
                        a ->
                            a.is(
                                "if_statement",
                                "for_statement",
                                "while_statement",
                                "try_statement",
                                "conditional_expression",
                                "boolean_operator",
                                "lambda")));
  }

  private static boolean isConstructor(Node function) {
    return function.child("name").filter(n -> n.text().equals("__init__")).isPresent();
  }
}
