package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether an expression has the same value throughout a stretch of code.
///
/// It is stable when nothing there binds or changes what it reads, also inside the properties and
/// functions that it runs, and no call there can be seen to reach it. Calls that reach something
/// else entirely are trusted, and then it says so: the fact `no_writer` is `seen` only when there
/// is nothing left to trust.
record Stability(Optional<Attempt.Refused> broken, List<String> seen) {

  static Stability in(Loop loop, Node expression, Spot spot) {
    var reads = reads(expression, spot);
    if (loop.names().stream().anyMatch(n -> reads.stream().anyMatch(r -> overlap(r, n)))) {
      return broken(
          "invariant", "`%s` differs from turn to turn".formatted(Syntax.brief(expression)));
    }
    var turns = loop.isWhile() ? with(loop.body(), loop.iterable()) : loop.body();
    var stable = over(turns, expression, spot);
    // A generator that is iterated over runs on each turn, whatever it does.
    return stable.broken().isEmpty()
            && !loop.isWhile()
            && !new Kinds(spot).isReiterable(loop.iterable())
        ? new Stability(stable.broken(), List.of("invariant"))
        : stable;
  }

  private static List<Node> with(List<Node> nodes, Node another) {
    return Stream.concat(Stream.of(another), nodes.stream()).toList();
  }

  /// Over nodes that run while the value is kept.
  static Stability over(List<Node> nodes, Node expression, Spot spot) {
    var reads = reads(expression, spot);
    for (var node : nodes) {
      for (var written : Names.writtenIn(node)) {
        if (reads.stream().anyMatch(r -> overlap(r, written))) {
          return broken("invariant", "`%s` is changed there".formatted(written));
        }
      }
      if (node.tree().anyMatch(n -> n.is("await", "yield"))
          && reads.stream().anyMatch(r -> r.contains("."))) {
        return broken("no_writer", "control is given away there, and others may write");
      }
    }
    return overCalls(nodes, reads, expression, spot);
  }

  /// Whether nothing was left to trust.
  boolean isSeen() {
    return broken.isEmpty() && seen.contains("no_writer");
  }

  /// The paths that an expression reads; its own, where it is the object of a longer chain; and
  /// what the functions and properties that it runs read.
  private static List<String> reads(Node expression, Spot spot) {
    var bound = Names.writtenIn(expression); // the variables of a comprehension inside
    var own = Stream.concat(Names.readIn(expression).stream(), Names.path(expression).stream());
    return Stream.concat(own, new Inside(spot).reads(expression).stream())
        .filter(r -> bound.stream().noneMatch(b -> overlap(r, b)))
        .distinct()
        .toList();
  }

  private static Stability overCalls(
      List<Node> nodes, List<String> reads, Node expression, Spot spot) {
    var pure = spot.pure();
    boolean trusted = false;
    for (var call : nodes.stream().flatMap(n -> PythonFunction.calls(n).stream()).toList()) {
      if (expression.contains(call.node()) || pure.isPure(call) || growsOther(call, reads, spot)) {
        continue;
      }
      trusted = true;
      if (reaches(call, reads)
          && new Inside(spot).writes(call, reads)
          && !(throughSelf(call, reads) && reads.stream().allMatch(r -> isSetUpOnce(r, spot)))) {
        return broken(
            "no_writer",
            "`%s` at line %d may change it"
                .formatted(Syntax.brief(call.node()), call.node().line()));
      }
    }
    return new Stability(
        Optional.empty(), trusted ? List.of("invariant") : List.of("invariant", "no_writer"));
  }

  /// A list or set that grows, and is not what is read.
  private static boolean growsOther(Call call, List<String> reads, Spot spot) {
    return call.isNamed("append", "add", "extend")
        && call.receiver().filter(new Kinds(spot)::isMadeHere).isPresent()
        && call.receiver()
            .flatMap(Names::path)
            .filter(p -> reads.stream().noneMatch(r -> overlap(r, p)))
            .isPresent();
  }

  /// Whether what is read hangs on the receiver of the call or on one of its arguments.
  private static boolean reaches(Call call, List<String> reads) {
    return handed(call).anyMatch(h -> reads.stream().anyMatch(r -> below(r, h)));
  }

  static Stream<String> handed(Call call) {
    var named =
        call.node().child("arguments").stream()
            .flatMap(a -> a.items().stream())
            .filter(a -> a.is("keyword_argument"))
            .flatMap(a -> a.child("value").stream());
    return Stream.of(call.receiver().stream(), call.positional().stream(), named)
        .flatMap(s -> s)
        .flatMap(n -> Names.path(n).stream());
  }

  static boolean below(String read, String handed) {
    return read.equals(handed) || read.startsWith(handed + ".");
  }

  /// Only the object itself is handed on, not what is read of it.
  private static boolean throughSelf(Call call, List<String> reads) {
    return handed(call)
        .filter(h -> reads.stream().anyMatch(r -> below(r, h)))
        .allMatch("self"::equals);
  }

  /// `self.config.limit`: the constructor alone sets `self.config`, and nothing in this file sets
  /// a `limit`. Other files are trusted, so that `no_writer` is not seen.
  private static boolean isSetUpOnce(String read, Spot spot) {
    if (!read.startsWith("self.")) {
      return true;
    }
    var parts = read.split("\\.");
    var owner = spot.function().owner();
    return parts.length > 2
        && owner.flatMap(c -> c.method("__init__")).isPresent()
        && owner.orElseThrow().methods().stream()
            .filter(m -> !m.name().equals("__init__"))
            .flatMap(m -> Names.writtenIn(m.body()).stream())
            .noneMatch(w -> below(w, "self." + parts[1]))
        && Arrays.stream(parts).skip(2).noneMatch(p -> isSetSomewhere(p, spot));
  }

  private static boolean isSetSomewhere(String attribute, Spot spot) {
    return Names.writtenIn(spot.file().root()).stream()
        .anyMatch(w -> w.contains(".") && List.of(w.split("\\.")).contains(attribute));
  }

  static boolean overlap(String a, String b) {
    return a.equals(b) || a.startsWith(b + ".") || b.startsWith(a + ".");
  }

  private static Stability broken(String fact, String why) {
    return new Stability(Optional.of(new Attempt.Refused(fact, why)), List.of());
  }
}
