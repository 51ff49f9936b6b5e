package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Branches and exceptions by which work can be left out or a failure hidden.
final class Shapes {
  /// A condition on one of these tells a test or a measurement from other runs.
  private static final Set<String> TELLING =
      Set.of(
          ("bench benchmark benchmarking profile profiling profiler measure measuring measured"
                  + " measurement mock mocked test tests testing cheat warmup warming dry dryrun"
                  + " debug environ getenv environment argv")
              .split(" "));

  /// A condition on one of these leaves out work on purpose.
  private static final Set<String> SKIPPING =
      Set.of("flag", "skip", "skipped", "fast", "cheap", "fake", "noop");

  private static final Set<String> COUNTERS =
      Set.of(
          "step",
          "steps",
          "iter",
          "iters",
          "iteration",
          "iterations",
          "call",
          "calls",
          "count",
          "counter",
          "round",
          "tick",
          "ticks");

  private final List<Trait> found = new ArrayList<>();

  private final Version version;

  private Shapes(Version version) {
    this.version = version;
  }

  static List<Trait> in(Version version) {
    var shapes = new Shapes(version);
    version.nodes().forEach(shapes::look);
    return shapes.found;
  }

  private void look(Node node) {
    switch (node.kind()) {
      case "if_statement", "elif_clause" ->
          node.child("condition")
              .ifPresent(c -> branch(c, firstOf(node.child("consequence")), node));
      case "conditional_expression" -> {
        var parts = node.items();
        if (parts.size() == 3) {
          branch(parts.get(1), Optional.empty(), node);
        }
      }
      case "except_clause" -> except(node);
      case "finally_clause" -> {
        if (node.find("return_statement", "break_statement", "continue_statement")
            .findAny()
            .isPresent()) {
          add(Suspicion.SWALLOWED_EXCEPTION, "leaves a `finally` early", node);
        }
      }
      case "return_statement", "continue_statement", "break_statement" -> cutOff(node);
      default -> {}
    }
  }

  private void branch(Node condition, Optional<Node> first, Node node) {
    if (isGuardOfLogs(condition, node)) {
      return;
    }
    var wayOut =
        first.filter(f -> f.is("return_statement", "continue_statement", "break_statement"));
    var key = key(Snippets.plain(condition), wayOut);
    var alias = key(Hoisted.plain(condition), wayOut);
    if (holdsConstant(condition)) {
      branches("branches on a constant, " + Snippets.quote(condition), key, alias, node);
    } else if (names(condition, TELLING)) {
      branches("branches on " + Snippets.quote(condition), key, alias, node);
    } else if (wayOut.isPresent()
        && (isConstant(condition) || isSwitch(condition) || counts(condition))) {
      branches("leaves early on " + Snippets.quote(condition), key, alias, node);
    }
  }

  private void branches(String what, String key, String alias, Node node) {
    found.add(Trait.added(Suspicion.FLAGGED_RETURN, what, key, node).withAlias(alias));
  }

  /// Whether the way out waits for what it returns makes no difference.
  private static String key(String condition, Optional<Node> wayOut) {
    return condition
        + wayOut.map(w -> " → " + Snippets.plain(w).replaceAll("\\bawait ", "")).orElse("");
  }

  private static boolean isConstant(Node condition) {
    return switch (condition.kind()) {
      case "true", "false", "integer", "string", "none" -> true;
      case "not_operator", "parenthesized_expression" ->
          condition.items().stream().allMatch(Shapes::isConstant)
              && condition.children().stream().allMatch(Shapes::isConstant);
      default -> false;
    };
  }

  /// `False and n < 0`: what it asks is decided already.
  private static boolean holdsConstant(Node condition) {
    return switch (condition.kind()) {
      case "boolean_operator" ->
          condition.children().stream()
              .filter(c -> !c.field().equals("operator"))
              .anyMatch(c -> c.is("true", "false", "integer", "none") || holdsConstant(c));
      case "not_operator", "parenthesized_expression" ->
          condition.items().stream().anyMatch(Shapes::holdsConstant);
      default -> false;
    };
  }

  private static boolean names(Node condition, Set<String> words) {
    return Snippets.names(condition)
            .flatMap(n -> Snippets.words(n).stream())
            .anyMatch(words::contains)
        || Snippets.names(condition).anyMatch(n -> n.equals("__debug__"));
  }

  /// A name that leaves out work on purpose, itself true or false.
  private static boolean isSwitch(Node condition) {
    return switch (condition.kind()) {
      case "identifier", "attribute" ->
          Snippets.lastName(condition).stream()
              .flatMap(n -> Snippets.words(n).stream())
              .anyMatch(SKIPPING::contains);
      case "not_operator", "boolean_operator", "parenthesized_expression" ->
          condition.children().stream().anyMatch(Shapes::isSwitch);
      default -> false;
    };
  }

  /// `self.calls > 10`, `step % 2`: a counter against a number.
  private static boolean counts(Node condition) {
    return condition
        .find("comparison_operator", "binary_operator")
        .filter(
            c ->
                c.is("comparison_operator")
                    || c.child("operator").filter(o -> o.text().equals("%")).isPresent())
        .anyMatch(
            c ->
                c.children().stream()
                        .anyMatch(o -> o.is("integer") && !o.text().equals("0") || isModulo(o))
                    && c.children().stream()
                        .flatMap(o -> isModulo(o) ? o.children().stream() : Stream.of(o))
                        .filter(o -> o.is("attribute") || isShared(o))
                        .flatMap(o -> Snippets.lastName(o).stream())
                        .anyMatch(n -> Snippets.words(n).stream().anyMatch(COUNTERS::contains)));
  }

  /// A variable that outlives the call, by `global` or `nonlocal`.
  private static boolean isShared(Node name) {
    return name.is("identifier")
        && name.ancestor("function_definition").stream()
            .flatMap(f -> f.find("global_statement", "nonlocal_statement"))
            .flatMap(g -> g.items().stream())
            .anyMatch(i -> i.text().equals(name.text()));
  }

  private static boolean isModulo(Node operand) {
    return operand.is("binary_operator")
        && operand.child("operator").filter(o -> o.text().equals("%")).isPresent();
  }

  /// `if logger.isEnabledFor(logging.DEBUG):` with nothing below but log lines.
  private static boolean isGuardOfLogs(Node condition, Node node) {
    return Call.of(condition).filter(c -> c.isNamed("isEnabledFor", "is_enabled_for")).isPresent()
        && node.child("consequence")
            .filter(b -> b.items().stream().allMatch(Shapes::isLog))
            .isPresent();
  }

  private static boolean isLog(Node statement) {
    return statement.is("expression_statement")
        && statement.items().size() == 1
        && Call.of(statement.items().getFirst())
            .filter(c -> c.isNamed("debug", "info", "log"))
            .isPresent();
  }

  private void except(Node clause) {
    var body = clause.children().stream().filter(c -> c.is("block")).findFirst();
    boolean drops =
        body.map(
                b ->
                    b.items().stream()
                        .allMatch(
                            s ->
                                s.is(
                                        "pass_statement",
                                        "continue_statement",
                                        "break_statement",
                                        "return_statement")
                                    || isLog(s)
                                    || s.text().equals("...")))
            .orElse(false);
    if (drops && !isLookUp(clause)
        || isBroad(clause)
            && clause.find("raise_statement").findAny().isEmpty()
            && !isHandedOn(clause)
            && !new OtherWay(version).isTakenBy(clause)) {
      add(Suspicion.SWALLOWED_EXCEPTION, "drops an exception", clause);
    }
  }

  /// `except Exception as e: future.set_exception(e)`: whoever waits for the future gets it.
  private static boolean isHandedOn(Node clause) {
    var name = clause.find("as_pattern_target").findFirst().map(Node::text).orElse("");
    return clause
        .find("call")
        .flatMap(c -> Call.of(c).stream())
        .filter(c -> c.isNamed("set_exception") && c.positional().size() == 1)
        .filter(c -> c.argument(0).filter(a -> a.text().equals(name)).isPresent())
        .anyMatch(
            _ ->
                clause.file().functions().stream()
                    .noneMatch(f -> f.name().equals("set_exception")));
  }

  /// `try: i = ids.index(x)`, `except ValueError: return`: that nothing is found is no failure.
  private static boolean isLookUp(Node clause) {
    var work = clause.parent().flatMap(t -> t.child("body")).map(Node::items).orElse(List.of());
    var calls =
        work.stream().flatMap(s -> s.find("call")).flatMap(c -> Call.of(c).stream()).toList();
    return clause.child("value").filter(v -> v.text().matches("ValueError")).isPresent()
        && work.size() == 1
        && work.getFirst().is("expression_statement")
        && calls.size() == 1
        && calls.getFirst().isNamed("index")
        && calls.getFirst().receiver().filter(r -> r.is("identifier", "attribute")).isPresent()
        && calls.getFirst().receiver().filter(r -> r.text().equals("self")).isEmpty();
  }

  /// `except:`, `except Exception:`.
  private static boolean isBroad(Node clause) {
    var caught = clause.child("value");
    return caught.isEmpty()
        || caught
            .get()
            .find("identifier")
            .anyMatch(i -> Set.of("Exception", "AssertionError").contains(i.text()));
  }

  /// Code behind a way out never runs.
  private void cutOff(Node wayOut) {
    var siblings = wayOut.parent().map(Node::items).orElse(List.of());
    int at = siblings.indexOf(wayOut);
    if (at >= 0 && at + 1 < siblings.size()) {
      add(Suspicion.FLAGGED_RETURN, "leaves before the code below it", wayOut);
    }
  }

  private static Optional<Node> firstOf(Optional<Node> block) {
    return block.flatMap(
        b -> b.items().stream().filter(s -> !Snippets.plain(s).startsWith("\"\"\"")).findFirst());
  }

  private void add(Suspicion suspicion, String what, Node node) {
    add(suspicion, what, Snippets.plain(node), node);
  }

  private void add(Suspicion suspicion, String what, String key, Node node) {
    found.add(Trait.added(suspicion, what, key, node));
  }
}
