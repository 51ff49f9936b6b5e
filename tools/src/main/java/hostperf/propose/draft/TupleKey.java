package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;

/// `key = f"{a}-{b}"`, used only to look up in a dict that is made here → `key = (a, b)`.
final class TupleKey implements Shape {
  @Override
  public String pattern() {
    return "tuple-key";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.assignment()
        .filter(a -> a.child("left").filter(l -> l.is("identifier")).isPresent())
        .filter(a -> a.child("right").filter(TupleKey::isFormatted).isPresent())
        .map(a -> attempt(spot, a))
        .orElse(Attempt.NO_MATCH);
  }

  private static boolean isFormatted(Node value) {
    return value.is("string") && value.find("interpolation").count() >= 1;
  }

  private static Attempt attempt(Spot spot, Node assignment) {
    var name = assignment.child("left").orElseThrow().text();
    var uses = spot.names().uses(name);
    if (uses.isEmpty() || !uses.stream().allMatch(TupleKey::isKey)) {
      return uses.stream().anyMatch(TupleKey::isKey)
          ? Attempt.refused("only_key", "`%s` is used for more than looking up".formatted(name))
          : Attempt.NO_MATCH;
    }
    for (var use : uses) {
      var table = table(use);
      if (!livesHere(spot, table)) {
        return Attempt.refused(
            "only_key",
            "`%s` is not made here, so others may look up by the text".formatted(table));
      }
    }
    if (spot.names().bindings(name).size() > 1) {
      return Attempt.refused("only_key", "`%s` is also set elsewhere".formatted(name));
    }
    return draft(spot, assignment, uses);
  }

  /// `table[key]`, `table.get(key…)`, `key in table`.
  private static boolean isKey(Node use) {
    return !table(use).isEmpty();
  }

  private static String table(Node use) {
    var parent = use.parent().orElse(use);
    if (parent.is("subscript") && use.field().equals("subscript")) {
      return parent.child("value").map(Node::text).orElse("");
    }
    if (parent.is("comparison_operator")
        && parent.items().getFirst() == use
        && parent.all("operators").stream().allMatch(o -> o.text().endsWith("in"))) {
      return parent.items().getLast().text();
    }
    return parent
        .parent()
        .flatMap(Call::of)
        .filter(c -> c.isNamed("get", "setdefault", "pop"))
        .filter(c -> c.argument(0).filter(a -> a == use).isPresent())
        .flatMap(Call::receiver)
        .map(Node::text)
        .orElse("");
  }

  /// Made in this function or in this class, and never handed to anybody by name.
  private static boolean livesHere(Spot spot, String table) {
    var local = spot.names().bindings(table);
    if (!table.contains(".")) {
      return local.stream()
              .anyMatch(
                  b ->
                      b.kind() == Names.Kind.ASSIGNED
                          && b.value().filter(TupleKey::isEmptyTable).isPresent())
          && spot.names().uses(table).stream().noneMatch(TupleKey::isHandedOn);
    }
    return table.startsWith("self._")
        && spot.function()
            .owner()
            .filter(
                c ->
                    c.attribute(table.substring(5))
                        .flatMap(a -> a.value())
                        .filter(TupleKey::isEmptyTable)
                        .isPresent())
            .filter(
                c ->
                    c.methods().stream()
                        .allMatch(
                            m ->
                                m == spot.function()
                                    || m.node().start() == spot.function().node().start()
                                    || onlyCleared(m, table)))
            .isPresent();
  }

  private static boolean onlyCleared(PythonFunction method, String table) {
    return method.names().uses(table).stream()
        .allMatch(
            u ->
                u.parent()
                    .flatMap(Node::parent)
                    .filter(c -> c.text().equals(table + ".clear()"))
                    .isPresent());
  }

  private static boolean isEmptyTable(Node value) {
    return value
        .text()
        .matches("\\{\\}|dict\\(\\)|(collections\\.)?(OrderedDict\\(\\)|defaultdict\\(\\w+\\))");
  }

  private static boolean isHandedOn(Node use) {
    var parent = use.parent().orElse(use);
    if (parent.parent().filter(c -> c.text().equals("len(" + use.text() + ")")).isPresent()) {
      return false;
    }
    if (parent.is(
        "return_statement",
        "argument_list",
        "assignment",
        "keyword_argument",
        "for_statement",
        "for_in_clause")) {
      return true;
    }
    return parent.is("attribute")
        && parent.child("attribute").filter(a -> a.text().matches("keys|items|copy")).isPresent();
  }

  private static Attempt draft(Spot spot, Node assignment, List<Node> uses) {
    var value = assignment.child("right").orElseThrow();
    var parts = new ArrayList<String>();
    for (var part : value.children().stream().filter(c -> c.is("interpolation")).toList()) {
      if (part.children().stream().anyMatch(c -> c.is("format_specifier", "type_conversion"))) {
        return Attempt.refused(
            "equal_alike",
            "`%s` is formatted, so that different values may share a key".formatted(part.text()));
      }
      parts.add(part.child("expression").map(Node::text).orElse(""));
    }
    if (parts.size() == 1 || uses.isEmpty()) {
      return Attempt.NO_MATCH;
    }
    var edits = new Edits(spot.file()).replace(value, "(" + String.join(", ", parts) + ")");
    return Attempt.draft(
        edits,
        List.of("only_key"),
        "Looks up by the tuple (%s).".formatted(String.join(", ", parts)));
  }
}
