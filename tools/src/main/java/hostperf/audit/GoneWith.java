package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks that go because what they checked went, or that moved into a helper: an assertion about a
/// variable that is no more, `raise` in an `except` whose `try` is no more, a check in a method
/// that is now called in its place.
///
/// A variable that only has another name, and a value that is now written where it is used, are
/// still there.
record GoneWith(Version before, Version after) {
  private static final String[] CONDITIONAL = {
    "if_statement",
    "elif_clause",
    "else_clause",
    "while_statement",
    "except_clause",
    "conditional_expression",
    "boolean_operator",
    "lambda",
    "match_statement"
  };

  boolean covers(Trait trait) {
    var check = trait.node();
    var was = check.ancestor("function_definition");
    var is = was.flatMap(this::sameNow);
    if (check.is("raise_statement") && new ChecksOfState(before, after).keeps(check)) {
      return true;
    }
    if (is.isEmpty()) {
      return check.is("assert_statement") && was.filter(this::isNoMore).isPresent();
    }
    return switch (check.kind()) {
      case "call" -> isMadeOfPieces(check, is.get());
      case "assert_statement" -> names(check).anyMatch(n -> isGone(n, was.get(), is.get()));
      case "raise_statement" -> raised(check, was.get(), is.get());
      default -> false;
    };
  }

  /// Whether a function is gone with its work: nothing mentions it, and none of its other
  /// statements stands anywhere.
  private boolean isNoMore(Node function) {
    var name = function.child("name").map(Node::text).orElse("");
    var written =
        after.nodes().stream()
            .filter(Statements::isStatement)
            .map(Snippets::own)
            .collect(Collectors.toSet());
    return after.nodes().stream().noneMatch(n -> n.is("identifier") && n.text().equals(name))
        && function.child("body").stream()
            .flatMap(b -> b.find("return_statement", "expression_statement"))
            .filter(s -> !Snippets.plain(s).matches("return( None)?|[\"'].*"))
            .map(Snippets::own)
            .noneMatch(written::contains);
  }

  /// `check(whole)` became `first, second = split(whole)`, `check(first, second)`.
  private static boolean isMadeOfPieces(Node check, Node is) {
    var old = Call.of(check).orElseThrow();
    var whole = old.positional().stream().map(Node::text).collect(Collectors.toSet());
    var pieces =
        is.find("assignment")
            .filter(
                a ->
                    a.child("right")
                        .flatMap(Call::of)
                        .filter(
                            c -> c.positional().stream().map(Node::text).anyMatch(whole::contains))
                        .isPresent())
            .flatMap(a -> a.child("left").stream())
            .flatMap(l -> bound(l).stream())
            .collect(Collectors.toSet());
    return is.find("call")
        .flatMap(c -> Call.of(c).stream())
        .filter(c -> c.callee().equals(old.callee()))
        .filter(c -> c.node().isWholeStatement())
        .filter(c -> conditionsAround(c.node(), is).isEmpty())
        .map(Call::positional)
        .anyMatch(p -> !p.isEmpty() && p.stream().map(Node::text).allMatch(pieces::contains));
  }

  private Optional<Node> sameNow(Node function) {
    var path = path(function);
    return after.nodes().stream()
        .filter(n -> n.is("function_definition") && path(n).equals(path))
        .findFirst();
  }

  private static String path(Node definition) {
    return Stream.concat(Stream.of(definition), definition.ancestors())
        .filter(a -> a.is("function_definition", "class_definition"))
        .map(a -> a.child("name").map(Node::text).orElse(""))
        .collect(Collectors.joining(" in "));
  }

  private boolean raised(Node raise, Node was, Node is) {
    var what = raise.items().stream().findFirst();
    var clause = raise.ancestor("except_clause").filter(was::contains);
    boolean again =
        clause.isPresent()
            && what.map(w -> w.is("identifier") && binds(clause.get(), w.text())).orElse(true);
    if (again) {
      return hasOnlyClausesOf(was, is);
    }
    return what.filter(w -> w.is("identifier") && isGone(w.text(), was, is)).isPresent()
        || what.isPresent() && isCalled(raise, was, is);
  }

  private static boolean binds(Node clause, String name) {
    return clause.find("as_pattern_target").anyMatch(t -> t.text().equals(name));
  }

  /// The exception goes on by itself: there are fewer clauses than before, and none is new.
  private static boolean hasOnlyClausesOf(Node was, Node is) {
    var had = was.find("except_clause").map(Snippets::plain).toList();
    var has = is.find("except_clause").map(Snippets::plain).toList();
    return has.size() < had.size() && had.containsAll(has);
  }

  /// The same check stands in another function, which this one calls under no new condition.
  private boolean isCalled(Node raise, Node was, Node is) {
    var text = Snippets.plain(raise);
    var conditions = conditions(was);
    var holders =
        after.nodes().stream()
            .filter(n -> n.is("raise_statement") && Snippets.plain(n).equals(text))
            .filter(n -> n.ancestor("if_statement").isPresent())
            .map(Snippets::function)
            .collect(Collectors.toSet());
    return count(after, text) >= count(before, text)
        && is.find("call")
            .filter(c -> Call.of(c).filter(k -> holders.contains(k.name())).isPresent())
            .anyMatch(c -> conditions.containsAll(conditionsAround(c, is)));
  }

  private static long count(Version version, String raise) {
    return version.nodes().stream()
        .filter(n -> n.is("raise_statement") && Snippets.plain(n).equals(raise))
        .count();
  }

  private static Set<String> conditions(Node function) {
    return function.find(CONDITIONAL).map(Snippets::own).collect(Collectors.toSet());
  }

  private static Set<String> conditionsAround(Node call, Node function) {
    return call.ancestors()
        .takeWhile(a -> a.start() != function.start() || !a.is("function_definition"))
        .filter(a -> a.is(CONDITIONAL) || a.is("function_definition"))
        .map(Snippets::own)
        .collect(Collectors.toSet());
  }

  /// Whether a variable of the function is no more, neither by another name nor by its value.
  private static boolean isGone(String name, Node was, Node is) {
    if (names(is).anyMatch(name::equals)) {
      return false;
    }
    var values = values(was).filter(v -> v.name.equals(name)).toList();
    var now = values(is).map(Value::shape).collect(Collectors.toSet());
    var written = new HashSet<String>();
    is.tree().forEach(n -> written.add(Snippets.plain(n)));
    return !values.isEmpty()
        && values.stream()
            .filter(v -> !isLiteral(v.value))
            .allMatch(v -> !now.contains(v.shape()) && !written.contains(Snippets.plain(v.value)));
  }

  private record Value(String name, Node value) {
    /// The value's text, whatever the variable is called.
    String shape() {
      return Snippets.plain(value).replaceAll("\\b" + Pattern.quote(name) + "\\b", "·");
    }
  }

  private static Stream<Value> values(Node function) {
    return function
        .find("assignment", "augmented_assignment", "for_statement", "named_expression")
        .flatMap(
            a -> {
              var target = a.child("left").or(() -> a.child("name"));
              var value = a.child("right").or(() -> a.child("value"));
              return target.isEmpty() || value.isEmpty()
                  ? Stream.of()
                  : bound(target.get()).stream().map(n -> new Value(n, value.get()));
            });
  }

  private static List<String> bound(Node target) {
    if (target.is("identifier")) {
      return List.of(target.text());
    }
    return target.is("attribute", "subscript", "call")
        ? List.of()
        : target.items().stream().flatMap(t -> bound(t).stream()).toList();
  }

  private static boolean isLiteral(Node value) {
    return value.is("integer", "float", "none", "true", "false", "string", "list", "dictionary")
        && value.find("identifier").findAny().isEmpty();
  }

  /// Variables that are mentioned: no attributes and no names of arguments.
  private static Stream<String> names(Node node) {
    return node.find("identifier")
        .filter(
            i ->
                !i.field().equals("attribute")
                    && !(i.field().equals("name")
                        && i.parent().filter(p -> p.is("keyword_argument")).isPresent()))
        .map(Node::text);
  }
}
