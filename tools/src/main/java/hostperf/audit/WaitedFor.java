package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Work given to another thread that the function which gives it waits for: its result is read
/// there, under no further condition, so it cannot escape the measurement.
///
/// Only waits that raise what the work raised count: `await`, `result()` and `gather`.
final class WaitedFor {
  private static final Set<String> POOLS =
      Set.of(
          "concurrent.futures.ThreadPoolExecutor", "concurrent.futures.thread.ThreadPoolExecutor");
  private static final int LONGEST_CHAIN = 2;

  private final Version version;

  WaitedFor(Version version) {
    this.version = version;
  }

  static boolean isPool(String name) {
    return POOLS.contains(name);
  }

  /// Whether the callee of a call that gives work away stands in one that is waited for.
  boolean covers(Node callee) {
    return callee.field().equals("function")
        && callee.parent().filter(c -> c.is("call") && isWaited(c, 0)).isPresent();
  }

  /// Whether a pool is made here whose every use in the file is work that is waited for.
  boolean coversPool(Node callee) {
    return callee.field().equals("function")
        && callee
            .parent()
            .flatMap(this::holder)
            .map(this::uses)
            .filter(u -> !u.isEmpty() && u.stream().allMatch(this::isUseOfPool))
            .isPresent();
  }

  /// `atexit.register(pool.shutdown)`: the pool's own method, and nothing of the program's.
  boolean endsPool(Node callee) {
    return callee.field().equals("function")
        && callee
            .parent()
            .flatMap(Call::of)
            .filter(c -> c.node().child("arguments").filter(a -> a.items().size() == 1).isPresent())
            .flatMap(c -> c.argument(0))
            .filter(a -> a.is("attribute") && Snippets.lastName(a).orElse("").equals("shutdown"))
            .flatMap(a -> a.child("object"))
            .filter(this::isPoolOfFile)
            .isPresent();
  }

  private boolean isPoolOfFile(Node path) {
    var set =
        version.nodes().stream()
            .filter(n -> n.is("assignment"))
            .filter(n -> n.child("left").filter(l -> samePath(l, path)).isPresent())
            .toList();
    return !set.isEmpty()
        && set.stream().allMatch(a -> a.child("right").filter(this::makesPool).isPresent());
  }

  private boolean makesPool(Node value) {
    return Call.of(value)
        .flatMap(Call::function)
        .filter(f -> version.scopes().resolve(f).stream().anyMatch(WaitedFor::isPool))
        .isPresent();
  }

  /// What the new pool is kept in: a variable, an attribute, or the name after `as`.
  private Optional<Node> holder(Node pool) {
    return pool.parent()
        .flatMap(
            p ->
                p.is("assignment")
                    ? p.child("left")
                    : p.is("as_pattern")
                        ? p.find("as_pattern_target")
                            .flatMap(t -> t.children().stream())
                            .findFirst()
                        : Optional.empty())
        .filter(h -> Names.path(h).isPresent());
  }

  private List<Node> uses(Node holder) {
    return version.nodes().stream()
        .filter(n -> n != holder && samePath(n, holder))
        .filter(n -> !n.field().equals("left"))
        .filter(n -> n.parent().filter(p -> p.is("as_pattern_target")).isEmpty())
        .toList();
  }

  private boolean isUseOfPool(Node use) {
    var around = use.parent();
    if (around.filter(p -> p.is("attribute") && use.field().equals("object")).isPresent()) {
      var name = around.flatMap(Snippets::lastName).orElse("");
      return name.equals("shutdown") || name.equals("submit") && covers(around.get());
    }
    return around
        .filter(a -> a.is("argument_list"))
        .flatMap(Node::parent)
        .flatMap(Call::of)
        .filter(c -> c.isNamed("run_in_executor"))
        .filter(c -> c.argument(0).filter(a -> a == use).isPresent())
        .filter(c -> isWaited(c.node(), 0))
        .isPresent();
  }

  private boolean isWaited(Node work, int depth) {
    if (waits(work)) {
      return true;
    }
    var around = work.parent();
    if (around.filter(p -> p.is("assignment") && work.field().equals("right")).isPresent()) {
      return around
          .flatMap(a -> a.child("left"))
          .filter(l -> l.is("identifier"))
          .filter(l -> isVariableWaited(l, work))
          .isPresent();
    }
    if (around.filter(p -> p.is("return_statement")).isPresent()) {
      return depth < LONGEST_CHAIN && isHandedBackToWaiting(work, depth);
    }
    return list(work).filter(l -> isListWaited(l, work)).isPresent();
  }

  /// `await work`, `work.result()`.
  private static boolean waits(Node work) {
    return work.parent()
        .filter(
            p ->
                p.is("await")
                    || p.is("attribute")
                        && Snippets.lastName(p).orElse("").equals("result")
                        && p.field().equals("function"))
        .isPresent();
  }

  private static boolean isVariableWaited(Node variable, Node work) {
    var reads = reads(variable, work).toList();
    return reads.stream().allMatch(WaitedFor::waits)
        && reads.stream().anyMatch(r -> isSure(r, work));
  }

  /// The list that the work is put into: `jobs.append(work)`, `jobs = [work for …]`.
  private static Optional<Node> list(Node work) {
    var put =
        work.parent()
            .filter(p -> p.is("argument_list"))
            .flatMap(Node::parent)
            .flatMap(Call::of)
            .filter(c -> c.isNamed("append") && c.node().isWholeStatement())
            .flatMap(Call::receiver);
    return put.or(
            () ->
                work.parent()
                    .filter(p -> p.is("list_comprehension"))
                    .flatMap(Node::parent)
                    .filter(a -> a.is("assignment"))
                    .flatMap(a -> a.child("left")))
        .filter(l -> l.is("identifier"));
  }

  private static boolean isListWaited(Node list, Node work) {
    var others = reads(list, work).filter(r -> !isAppendedTo(r)).toList();
    return others.stream().anyMatch(r -> isWholeListWaited(r) && isSure(r, work));
  }

  private static boolean isAppendedTo(Node read) {
    return read.parent()
        .filter(p -> p.is("attribute") && Snippets.lastName(p).orElse("").equals("append"))
        .isPresent();
  }

  /// `await gather(*jobs)`, `for job in jobs: job.result()`, `[job.result() for job in jobs]`.
  private static boolean isWholeListWaited(Node list) {
    var around = list.parent().orElse(list);
    if (around.is("list_splat")) {
      return around
          .parent()
          .flatMap(Node::parent)
          .filter(WaitedFor::waits)
          .flatMap(Call::of)
          .filter(c -> c.isNamed("gather") && c.keyword("return_exceptions").isEmpty())
          .isPresent();
    }
    if (!around.is("for_statement", "for_in_clause") || !list.field().equals("right")) {
      return false;
    }
    var each = around.child("left").filter(l -> l.is("identifier")).map(Node::text).orElse("");
    var done =
        around.is("for_statement")
            ? around.child("body").map(Node::items).orElse(List.of()).stream()
                .limit(1)
                .flatMap(s -> Stream.concat(s.items().stream(), right(s)))
            : around.parent().flatMap(c -> c.child("body")).stream();
    return (around.is("for_statement")
            || around.parent().stream().flatMap(c -> c.find("if_clause")).findAny().isEmpty())
        && done.map(WaitedFor::awaited).anyMatch(d -> d.text().equals(each));
  }

  private static Stream<Node> right(Node statement) {
    return statement.items().stream().flatMap(i -> i.child("right").stream());
  }

  /// What an expression waits for; itself where it waits for nothing.
  private static Node awaited(Node expression) {
    return expression.is("await")
        ? expression.items().getFirst()
        : Call.of(expression)
            .filter(c -> c.isNamed("result"))
            .flatMap(Call::receiver)
            .orElse(expression);
  }

  /// A private function hands the work back, and all that call it wait.
  private boolean isHandedBackToWaiting(Node work, int depth) {
    var name = Snippets.function(work);
    var mentions =
        version.nodes().stream()
            .filter(n -> n.is("identifier") && n.text().equals(name))
            .filter(n -> n.parent().filter(p -> p.is("function_definition")).isEmpty())
            .toList();
    return name.startsWith("_")
        && !mentions.isEmpty()
        && mentions.stream()
            .allMatch(
                m ->
                    m.ancestor("call")
                        .flatMap(Call::of)
                        .filter(c -> c.isNamed(name))
                        .filter(c -> c.function().filter(f -> f.contains(m)).isPresent())
                        .filter(c -> isWaited(c.node(), depth + 1))
                        .isPresent());
  }

  private static Stream<Node> reads(Node variable, Node work) {
    return work.ancestor("function_definition").stream()
        .flatMap(f -> f.find("identifier"))
        .filter(i -> i.text().equals(variable.text()) && !i.field().equals("left"))
        .filter(i -> !Snippets.isMemberOrKeyword(i))
        .filter(i -> i.start() > work.end());
  }

  /// Whether the wait is reached whenever the work was given away: it stands in the same block or
  /// one around it, with no way out between them.
  private static boolean isSure(Node wait, Node work) {
    var block = wait.ancestor("block");
    return block.filter(b -> b.contains(work)).isPresent()
        && work.ancestor("function_definition").stream()
            .flatMap(f -> f.find("return_statement", "raise_statement", "break_statement"))
            .noneMatch(r -> r.start() > work.end() && r.end() < wait.start());
  }

  private static boolean samePath(Node node, Node path) {
    return node.kind().equals(path.kind()) && node.text().equals(path.text());
  }
}
