package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.List;
import java.util.stream.Stream;

/// Who uses what a line computes, as far as its function shows.
final class UseFacts {
  private final Spot spot;
  private final FactList facts;

  private UseFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  static void add(Spot spot, FactList facts) {
    var uses = new UseFacts(spot, facts);
    uses.assigned();
    spot.calls().forEach(uses::logs);
    uses.statement();
  }

  private void assigned() {
    var target = spot.assigned().filter(l -> l.is("identifier"));
    if (target.isEmpty() || target.get().text().startsWith("_")) {
      return;
    }
    var name = target.get().text();
    var after = spot.names().uses(name).stream().filter(this::isAfter).toList();
    if (after.isEmpty()) {
      unread(name);
      return;
    }
    if (after.stream().allMatch(UseFacts::isForText)) {
      facts.seen(
          Known.READ_FOR_TEXT, "`%s` is only read for a log line, an assertion or an error", name);
    }
    if (after.stream().allMatch(UseFacts::isForSize)) {
      facts.seen(Known.READ_FOR_SIZE, "Of `%s`, or of a part of it, only the size is read", name);
    }
    if (isOverwritten(name, after)) {
      facts.seen(Known.OVERWRITTEN, "`%s` is set again before it is read", name);
    }
    var guards = onlyUnder(after);
    if (!guards.isEmpty()
        && guards.stream().noneMatch(this::holdsMostly)
        && spot.value()
            .filter(v -> v.find("call", "list_comprehension").findAny().isPresent())
            .isPresent()) {
      facts.seen(
          Known.READ_UNDER_CONDITION,
          "`%s` is only read under the condition at line %s",
          name,
          String.join(", ", guards.stream().map(g -> String.valueOf(g.line())).toList()));
    }
    if (!after.isEmpty() && spot.hits() > 0 && after.stream().noneMatch(u -> spot.mayRun(u))) {
      facts.measured(
          Known.READ_WHERE_NOTHING_RAN,
          "`%s` is read only at line %s, which never ran in this profile; the line has %s hits",
          name,
          String.join(
              ", ", after.stream().map(Node::line).distinct().map(String::valueOf).toList()),
          spot.hits());
    }
  }

  /// The value is not needed; what is called for it may be.
  private void unread(String name) {
    if (!isLocal() || spot.calls().stream().anyMatch(c -> CallEffects.areSeen(spot, c))) {
      return;
    }
    var sentence = "No line of `%s` reads `%s` afterwards";
    if (spot.value()
        .filter(v -> spot.callees().effects(spot.function()).onlyReads(v))
        .isPresent()) {
      facts.seen(Known.UNREAD, sentence, spot.function().name(), name);
    } else {
      facts.seen(
          Known.UNREAD_RESULT,
          sentence + "; what else %s does is not known",
          spot.function().name(),
          name,
          spot.value().orElse(spot.statement()));
    }
  }

  /// No other scope sets or reads the function's names, and none outlives a turn of a loop in a way
  /// that the function does not show.
  private boolean isLocal() {
    return spot.function().body().find("global_statement", "nonlocal_statement").findAny().isEmpty()
        && spot.function().calls().stream()
            .noneMatch(c -> List.of("locals", "vars", "eval", "exec").contains(c.callee()));
  }

  /// Later in the text, anywhere in a loop around the statement (`x = f(x)` reads what the turn
  /// before has left), or in a function defined inside, which may run later.
  private boolean isAfter(Node use) {
    return use.start() >= spot.statement().end()
        || spot.loops().stream().anyMatch(l -> l.node().contains(use))
        || use.ancestor("function_definition", "lambda")
            .filter(f -> f != spot.function().node() && !spot.statement().contains(f))
            .isPresent();
  }

  private static boolean isForText(Node use) {
    return use.ancestors()
        .takeWhile(n -> !n.is("block"))
        .anyMatch(
            n ->
                n.is("raise_statement", "assert_statement")
                    || Call.of(n).filter(UseFacts::isLog).isPresent());
  }

  private static boolean isLog(Call call) {
    return (call.isNamed("debug", "info", "warning", "trace")
            || (call.isNamed("log") && call.positional().size() > 1))
        && call.receiver()
            .filter(r -> r.text().matches("(?i)(.*[._])?_?log(ger|ging)?(\\(.*\\))?"))
            .isPresent();
  }

  /// `x.shape`, `x.size(0)`, `x[i].shape`, `len(x)`.
  private static boolean isForSize(Node use) {
    var size = "(?s).*\\.(shape|size|numel|dim|ndim)";
    var whole =
        use.parent().filter(p -> p.is("subscript") && use.field().equals("value")).orElse(use);
    return use.text().matches(size)
        || whole
            .parent()
            .filter(
                p ->
                    p.text().matches(size)
                        || (p.text().matches("(?s)\\([^,]*\\)")
                            && p.parent()
                                .flatMap(Call::of)
                                .filter(c -> c.callee().equals("len"))
                                .isPresent()))
            .isPresent();
  }

  /// Set again in the same block, with no read between and no way around.
  private boolean isOverwritten(String name, List<Node> reads) {
    var block = spot.statement().parent();
    boolean leaves =
        block.stream()
            .flatMap(b -> b.find("break_statement", "continue_statement"))
            .anyMatch(j -> j.start() > spot.statement().end());
    return !leaves
        && spot.statement().ancestor("try_statement").isEmpty()
        && spot.names().bindings(name).stream()
            .filter(
                b -> b.kind() == Names.Kind.ASSIGNED && b.node().start() > spot.statement().end())
            .filter(b -> b.node().parent().flatMap(Node::parent).equals(block))
            .findFirst()
            .filter(again -> reads.stream().noneMatch(r -> r.start() < again.node().end()))
            .isPresent();
  }

  /// Each `if` of the statement's own block that has a use in a branch, where every use is in a
  /// branch of some `if` of that block, and not all branches of one have a use; else none.
  private List<Node> onlyUnder(List<Node> uses) {
    var guards =
        spot.statement().parent().stream()
            .flatMap(b -> b.items().stream())
            .filter(s -> s.is("if_statement") && s.start() > spot.statement().start())
            .toList();
    boolean guarded =
        uses.stream()
            .allMatch(u -> guards.stream().anyMatch(g -> branches(g).anyMatch(b -> b.contains(u))));
    boolean always =
        guards.stream()
            .anyMatch(
                g ->
                    g.all("alternative").stream().anyMatch(a -> a.is("else_clause"))
                        && branches(g).allMatch(b -> uses.stream().anyMatch(b::contains)));
    return guarded && !always
        ? guards.stream().filter(g -> uses.stream().anyMatch(g::contains)).toList()
        : List.of();
  }

  /// Where what it guards ran for most values, a condition saves little.
  private boolean holdsMostly(Node guard) {
    return spot.hits() > 0
        && branches(guard)
            .flatMap(b -> b.items().stream())
            .anyMatch(s -> 2 * spot.hitsOf(s) > spot.hits());
  }

  private static Stream<Node> branches(Node guard) {
    return Stream.concat(
        guard.child("consequence").stream(),
        guard.all("alternative").stream()
            .flatMap(a -> a.children().stream())
            .filter(c -> c.is("block")));
  }

  private void logs(Call call) {
    if (!isLog(call)) {
      return;
    }
    boolean formats =
        call.positional().stream()
            .anyMatch(
                a ->
                    a.is("binary_operator")
                        || a.find("interpolation", "call").findAny().isPresent());
    facts.seen(
        formats ? Known.EAGER_LOG : Known.LOG_CALL,
        formats
            ? "%s evaluates its arguments before the logger checks the level"
            : "%s calls the logger each time",
        call.node());
  }

  private void statement() {
    var left = spot.assigned().filter(l -> l.is("subscript")).flatMap(l -> l.child("value"));
    var right = spot.value().filter(v -> v.is("subscript")).flatMap(v -> v.child("value"));
    if (left.isPresent() && left.map(Node::text).equals(right.map(Node::text))) {
      facts.seen(Known.COPIES_ROW, "%s is copied whole", spot.value().orElseThrow());
    }
  }
}
