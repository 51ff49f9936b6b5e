package hostperf.classify;

import static hostperf.classify.HotspotType.DEAD_WORK;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// DEAD_WORK: what is computed is not needed, or not in every case: never read, read only under a
/// condition, or read only when a log level is on.
final class DeadWorkRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    spot.calls().forEach(c -> eagerLog(c, found));
    errorText(spot, found);
    unused(spot, found);
    rowCopy(spot, found);
    spot.calls().stream()
        .filter(c -> c.isNamed("deepcopy"))
        .forEach(
            c ->
                add(
                    found,
                    0.6,
                    quote(c.node()) + " copies the whole tree of objects: is all of it changed?"));
    spot.calls().stream()
        .filter(c -> c.isNamed("convert", "contiguous") && c.receiver().isPresent())
        .forEach(
            c ->
                add(
                    found,
                    c.isNamed("convert") ? 0.6 : 0.4,
                    quote(c.node()) + " is called each time: is there something to convert?"));
    spot.calls().stream()
        .filter(c -> c.isNamed("softmax"))
        .forEach(
            c ->
                add(
                    found,
                    0.52,
                    quote(c.node())
                        + " computes all probabilities: is more than the largest read?"));
    copied(spot, found);
    lastTurnTest(spot, found);
    if (spot.statement().is("assert_statement")) {
      add(found, 0.62, "The assertion is checked each time; the line " + spot.rate());
    }
    spot.calls().stream()
        .filter(c -> !TensorOps.launches(spot, c))
        .forEach(c -> sideWork(c, found));
    return found;
  }

  private static void eagerLog(Call call, List<Finding> found) {
    boolean logs =
        call.isNamed("debug", "info", "warning", "log", "trace")
            && call.receiver()
                .filter(
                    r ->
                        r.text()
                            .toLowerCase(Locale.ROOT)
                            .matches("(.*[._])?log(ger|ging)?(\\(.*\\))?"))
                .isPresent();
    if (!logs) {
      return;
    }
    boolean formats = call.positional().stream().anyMatch(DeadWorkRule::isCostly);
    if (!formats) {
      add(found, 0.5, quote(call.node()) + " calls the logger each time");
    } else {
      add(
          found,
          call.isNamed("debug", "trace") ? 0.8 : 0.62,
          "%s evaluates its arguments before the logger checks the level"
              .formatted(quote(call.node())));
    }
  }

  /// An argument that costs before the logger decides: a formatted text or a call.
  private static boolean isCostly(Node argument) {
    return argument.find("interpolation", "call").findAny().isPresent()
        || argument.is("binary_operator");
  }

  /// Statistics and traces: needed at times, done always.
  private static void sideWork(Call call, List<Finding> found) {
    if (call.name()
        .matches(
            "_?\\w*(stats|metrics|trace|tracing|nvtx|telemetry|record_function|log_\\w+)\\w*")) {
      add(found, 0.56, quote(call.node()) + " serves statistics or traces, by its name");
    }
  }

  private static void errorText(Spot spot, List<Finding> found) {
    if (spot.statement().is("raise_statement")
        && spot.nodes("interpolation", "binary_operator").stream().findAny().isPresent()) {
      boolean probed = spot.function().name().matches("__getattr\\w*__|__getitem__|__get__");
      add(
          found,
          probed ? 0.86 : 0.66,
          "A text is built for the error that is raised; the line " + spot.rate());
    }
  }

  private static void unused(Spot spot, List<Finding> found) {
    var target = spot.assigned().filter(l -> l.is("identifier"));
    var value = spot.value();
    if (target.isEmpty() || value.isEmpty() || target.get().text().startsWith("_")) {
      return;
    }
    var name = target.get().text();
    var after = spot.names().uses(name).stream().filter(u -> isAfter(spot, u)).toList();
    if (after.isEmpty()) {
      if (isLocal(spot)) {
        boolean calls = value.get().find("call").findAny().isPresent();
        add(
            found,
            0.86,
            "`%s` is never read afterwards%s"
                .formatted(name, calls ? "; is the call needed for what it does?" : ""));
      }
      return;
    }
    if (after.stream().allMatch(DeadWorkRule::isForText)) {
      add(found, 0.8, "`%s` is only read for a log line, an assertion or an error".formatted(name));
    }
    if (after.stream().allMatch(DeadWorkRule::isForSize)) {
      add(found, 0.76, "Of `%s`, or of a part of it, only the size is read".formatted(name));
    }
    if (isOverwritten(spot, name, after)) {
      add(found, 0.8, "`%s` is set again before it is read".formatted(name));
    }
    var guards = onlyUnder(spot, after);
    if (!guards.isEmpty() && works(value.get())) {
      var lines = guards.stream().map(g -> String.valueOf(g.line())).toList();
      add(
          found,
          0.72,
          "`%s` is only read under the condition%s of line%s %s"
              .formatted(
                  name,
                  lines.size() == 1 ? "" : "s",
                  lines.size() == 1 ? "" : "s",
                  String.join(", ", lines)));
    }
  }

  /// No other scope sets or reads the function's names.
  private static boolean isLocal(Spot spot) {
    return spot.function().body().find("global_statement", "nonlocal_statement").findAny().isEmpty()
        && spot.function().calls().stream()
            .noneMatch(c -> List.of("locals", "vars", "eval", "exec").contains(c.callee()));
  }

  private static boolean works(Node value) {
    return value
        .find("call", "list_comprehension")
        .anyMatch(n -> Call.of(n).filter(c -> c.callee().equals("len")).isEmpty());
  }

  private static boolean isForText(Node use) {
    return use.ancestors()
        .takeWhile(n -> !n.is("block"))
        .anyMatch(
            n ->
                n.is("raise_statement", "assert_statement")
                    || Call.of(n)
                        .filter(c -> c.isNamed("debug", "info", "warning"))
                        .flatMap(Call::receiver)
                        .filter(r -> r.text().matches("(?i)(.*[._])?_?log(ger|ging)?"))
                        .isPresent());
  }

  /// `x.shape`, `x.size(0)`, `x[i].shape`, `len(x)`.
  private static boolean isForSize(Node use) {
    var whole =
        use.parent().filter(p -> p.is("subscript") && use.field().equals("value")).orElse(use);
    if (use.text().matches("(?s).*\\.(shape|size|numel|dim|ndim)")) {
      return true;
    }
    return whole
        .parent()
        .filter(
            p ->
                p.text().matches("(?s).*\\.(shape|size|numel|dim|ndim)")
                    || p.text().matches("(?s)\\([^,]*\\)")
                        && p.parent()
                            .flatMap(Call::of)
                            .filter(c -> c.callee().equals("len"))
                            .isPresent())
        .isPresent();
  }

  /// Set again in the same block, with no read between.
  private static boolean isOverwritten(Spot spot, String name, List<Node> reads) {
    var block = spot.statement().parent();
    boolean leaves =
        block.stream()
            .flatMap(b -> b.find("break_statement", "continue_statement"))
            .anyMatch(j -> j.start() > spot.statement().end());
    if (leaves || spot.statement().ancestor("try_statement").isPresent()) {
      return false;
    }
    return spot.names().bindings(name).stream()
        .filter(b -> b.kind() == Names.Kind.ASSIGNED && b.node().start() > spot.statement().end())
        .filter(b -> b.node().parent().flatMap(Node::parent).equals(block))
        .findFirst()
        .filter(again -> reads.stream().noneMatch(r -> r.start() < again.node().end()))
        .isPresent();
  }

  /// Later in the text, anywhere in a loop around the statement (`x = f(x)` reads what the turn
  /// before has left), or in a function defined inside, which may run later.
  private static boolean isAfter(Spot spot, Node use) {
    return use.start() >= spot.statement().end()
        || spot.loops().stream().anyMatch(l -> l.node().contains(use))
        || use.ancestor("function_definition", "lambda")
            .filter(f -> f != spot.function().node() && !spot.statement().contains(f))
            .isPresent();
  }

  /// Each `if` of the statement's own block that has a use in a branch, where every use is in a
  /// branch of some `if` of that block, and not all branches of one have a use; else none.
  private static List<Node> onlyUnder(Spot spot, List<Node> uses) {
    var block = spot.statement().parent();
    var guards =
        block.stream()
            .flatMap(b -> b.items().stream())
            .filter(s -> s.is("if_statement") && s.start() > spot.statement().start())
            .toList();
    boolean guarded = uses.stream().allMatch(u -> guards.stream().anyMatch(g -> isInBranch(g, u)));
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

  private static boolean isInBranch(Node guard, Node use) {
    return branches(guard).anyMatch(b -> b.contains(use));
  }

  private static Stream<Node> branches(Node guard) {
    return Stream.concat(
        guard.child("consequence").stream(),
        guard.all("alternative").stream()
            .flatMap(a -> a.children().stream())
            .filter(c -> c.is("block")));
  }

  /// `rows[i] = rows[j]`, `rows[i].copy()`: whole rows, though only their used part counts.
  private static void rowCopy(Spot spot, List<Finding> found) {
    var left = spot.assigned().filter(l -> l.is("subscript"));
    var right = spot.value().filter(v -> v.is("subscript"));
    boolean rows =
        left.isPresent() && right.isPresent() && baseOf(left.get()).equals(baseOf(right.get()));
    boolean copy =
        spot.value()
            .flatMap(Call::of)
            .filter(c -> c.isNamed("copy", "clone"))
            .flatMap(Call::receiver)
            .filter(r -> r.is("subscript"))
            .isPresent();
    boolean python =
        left.flatMap(l -> l.child("value"))
            .filter(v -> spot.device(v) == Device.PYTHON)
            .isPresent();
    if ((rows && !python) || copy) {
      boolean array =
          spot.nodes("subscript").stream()
              .map(DeadWorkRule::baseOf)
              .anyMatch(b -> b.matches(".*(_cpu|_np|ids|table|embeds|mask)\\b.*"));
      add(
          found,
          array ? 0.74 : 0.6,
          quote(spot.value().orElseThrow()) + " is copied whole: is all of it in use?");
    }
  }

  /// `y = x.clone()` outside loops, of which nothing here writes into the copy.
  private static void copied(Spot spot, List<Finding> found) {
    var target = spot.assigned();
    boolean written =
        target
            .filter(t -> t.is("identifier"))
            .filter(t -> isWrittenLater(spot, t.text()))
            .isPresent();
    spot.value()
        .flatMap(Call::of)
        .filter(c -> c.isNamed("clone", "contiguous", "copy") && c.positional().isEmpty())
        .filter(c -> !written)
        .filter(
            c ->
                c.receiver().map(Node::text).equals(target.map(Node::text))
                    || (c.isNamed("clone") && !spot.isInLoop(c.node())))
        .ifPresent(
            c ->
                add(
                    found,
                    0.62,
                    quote(c.node())
                        + (c.isNamed("contiguous")
                            ? " copies unless the tensor is contiguous already"
                            : " is a copy, and no statement of this function assigns into it")));
  }

  private static boolean isWrittenLater(Spot spot, String name) {
    return spot.names().bindings(name).stream()
        .filter(b -> b.node().start() > spot.statement().end())
        .anyMatch(b -> b.kind() == Names.Kind.MUTATED || b.kind() == Names.Kind.AUGMENTED);
  }

  private static String baseOf(Node subscript) {
    return subscript.child("value").map(Node::text).orElse("");
  }

  /// `if len(part) < size: break` inside a loop: true on the last turn only.
  private static void lastTurnTest(Spot spot, List<Finding> found) {
    var statement = spot.statement();
    boolean leaves =
        statement.is("if_statement")
            && !spot.loops().isEmpty()
            && statement.child("consequence").stream()
                .flatMap(c -> c.items().stream())
                .allMatch(s -> s.is("break_statement"));
    boolean length =
        spot.calls().stream().anyMatch(c -> c.callee().equals("len"))
            && spot.nodes("comparison_operator").stream().noneMatch(Membership::is);
    if (leaves && length) {
      add(found, 0.7, "The test leaves the loop, so it fails on every turn but the last");
    }
  }

  private static void add(List<Finding> found, double confidence, String evidence) {
    found.add(Finding.of(DEAD_WORK, confidence, evidence));
  }
}
