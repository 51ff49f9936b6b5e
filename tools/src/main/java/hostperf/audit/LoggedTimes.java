package hostperf.audit;

import hostperf.source.Node;
import java.util.List;
import java.util.Set;

/// Times that are taken only to be logged, in lines that no metric is read from.
///
/// Such a time goes into a variable of the function, and from there by sums and products alone into
/// the log lines, or nowhere; whatever else reads it could act on it.
final class LoggedTimes {
  private static final int LONGEST_CHAIN = 3;
  private static final Set<String> CLOCKS =
      Set.of(
          "time.time",
          "time.time_ns",
          "time.perf_counter",
          "time.perf_counter_ns",
          "time.monotonic",
          "time.monotonic_ns");

  private final Version version;
  private final List<Node> lines;

  /// @param lines calls that print or log a text which no metric is read from
  LoggedTimes(Version version, List<Node> lines) {
    this.version = version;
    this.lines = lines;
  }

  boolean holds(Trait trait) {
    if (trait.suspicion() != Suspicion.TIMING) {
      return false;
    }
    var clock = trait.node();
    return clock.field().equals("function")
        && CLOCKS.containsAll(version.scopes().resolve(clock))
        && clock
            .parent()
            .filter(c -> c.is("call") && c.child("arguments").get().items().isEmpty())
            .filter(c -> isLoggedOnly(c, 0))
            .isPresent();
  }

  private boolean isLoggedOnly(Node value, int depth) {
    var at = value;
    for (var around : value.ancestors().toList()) {
      if (around.is("assignment")) {
        return depth < LONGEST_CHAIN && at.field().equals("right") && isKept(around, depth);
      }
      if (around.is("call")) {
        return at.is("argument_list") && isLine(around);
      }
      if (!around.is(
          "binary_operator",
          "parenthesized_expression",
          "interpolation",
          "string",
          "concatenated_string",
          "tuple",
          "argument_list")) {
        return false;
      }
      at = around;
    }
    return false;
  }

  private boolean isLine(Node call) {
    return lines.contains(call) && call.isWholeStatement();
  }

  /// Whether the variable is the function's own and goes into log lines, nowhere else.
  private boolean isKept(Node assignment, int depth) {
    var target = assignment.child("left").filter(l -> l.is("identifier"));
    var function = assignment.ancestor("function_definition");
    if (target.isEmpty() || function.isEmpty()) {
      return false;
    }
    var name = target.get().text();
    var reads =
        function
            .get()
            .find("identifier")
            .filter(i -> i.text().equals(name))
            .filter(i -> !Snippets.isMemberOrKeyword(i))
            .filter(i -> !isTarget(i) && !isDead(i))
            .toList();
    return !isShared(name, function.get())
        && reads.stream().allMatch(r -> isLoggedOnly(r, depth + 1));
  }

  private static boolean isShared(String name, Node function) {
    return function
        .find("global_statement", "nonlocal_statement")
        .anyMatch(g -> g.items().stream().anyMatch(i -> i.text().equals(name)));
  }

  /// Below `if False:`.
  private static boolean isDead(Node read) {
    return read.ancestors()
        .filter(a -> a.is("if_statement"))
        .filter(a -> a.child("condition").filter(c -> c.is("false")).isPresent())
        .anyMatch(a -> a.child("consequence").filter(c -> c.contains(read)).isPresent());
  }

  private static boolean isTarget(Node name) {
    return name.field().equals("left") && name.parent().filter(p -> p.is("assignment")).isPresent();
  }
}
