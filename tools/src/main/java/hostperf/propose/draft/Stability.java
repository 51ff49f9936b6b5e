package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether an expression has the same value throughout a stretch of code.
///
/// It is stable when nothing there binds or changes what it reads, and no call there can be seen
/// to reach it. Calls that reach something else entirely are trusted, and then it says so: the
/// fact `no_writer` is `seen` only when there is no call left to trust.
record Stability(Optional<Attempt.Refused> broken, List<String> seen) {

  static Stability in(Loop loop, Node expression, Spot spot) {
    var reads = reads(expression);
    if (loop.names().stream().anyMatch(n -> reads.stream().anyMatch(r -> overlap(r, n)))) {
      return broken(
          "invariant", "`%s` differs from turn to turn".formatted(Syntax.brief(expression)));
    }
    return over(loop.body(), expression, spot);
  }

  /// Over nodes that run while the value is kept.
  static Stability over(List<Node> nodes, Node expression, Spot spot) {
    var reads = reads(expression);
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

  /// The paths that an expression reads; its own, where it is the object of a longer chain.
  private static List<String> reads(Node expression) {
    var bound = Names.writtenIn(expression); // the variables of a comprehension inside
    return Stream.concat(Names.readIn(expression).stream(), Names.path(expression).stream())
        .filter(r -> bound.stream().noneMatch(b -> overlap(r, b)))
        .distinct()
        .toList();
  }

  private static Stability overCalls(
      List<Node> nodes, List<String> reads, Node expression, Spot spot) {
    var pure = spot.pure();
    boolean trusted = false;
    for (var call : nodes.stream().flatMap(n -> PythonFunction.calls(n).stream()).toList()) {
      if (expression.contains(call.node()) || pure.isPure(call) || growsOther(call, reads)) {
        continue;
      }
      trusted = true;
      if (reaches(call, reads)
          && writes(call, reads, pure)
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
  private static boolean growsOther(Call call, List<String> reads) {
    return call.isNamed("append", "add", "extend")
        && call.receiver()
            .flatMap(Names::path)
            .filter(p -> !p.contains(".") && reads.stream().noneMatch(r -> overlap(r, p)))
            .isPresent();
  }

  /// Whether what is read hangs on the receiver of the call or on one of its arguments.
  private static boolean reaches(Call call, List<String> reads) {
    return handed(call).anyMatch(h -> reads.stream().anyMatch(r -> below(r, h)));
  }

  private static Stream<String> handed(Call call) {
    return Stream.concat(call.receiver().stream(), call.positional().stream())
        .flatMap(n -> Names.path(n).stream());
  }

  private static boolean below(String read, String handed) {
    return read.equals(handed) || read.startsWith(handed + ".");
  }

  /// A method of the same class is looked into; of any other call one has to expect it.
  private static boolean writes(Call call, List<String> reads, PureCalls pure) {
    return pure.resolved(call)
        .map(
            f ->
                Names.writtenIn(f.body()).stream()
                        .anyMatch(w -> reads.stream().anyMatch(r -> overlap(r, w)))
                    || PythonFunction.calls(f.body()).stream()
                        .anyMatch(c -> c.callee().startsWith("self.") && !pure.isPure(c)))
        .orElse(true);
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
    var text = spot.file().text();
    var constructor = spot.function().owner().flatMap(c -> c.method("__init__"));
    return parts.length > 2
        && constructor
            .filter(
                init ->
                    sets("self\\.", parts[1])
                        .matcher(text)
                        .results()
                        .allMatch(
                            m -> init.node().start() <= m.start() && m.end() <= init.node().end()))
            .isPresent()
        && Arrays.stream(parts).skip(2).noneMatch(p -> sets("\\.", p).matcher(text).find());
  }

  private static Pattern sets(String before, String attribute) {
    return Pattern.compile(before + attribute + "\\s*(:[^=\\n]*)?([-+*/|&]|//)?=[^=]");
  }

  static boolean overlap(String a, String b) {
    return a.equals(b) || a.startsWith(b + ".") || b.startsWith(a + ".");
  }

  private static Stability broken(String fact, String why) {
    return new Stability(Optional.of(new Attempt.Refused(fact, why)), List.of());
  }
}
