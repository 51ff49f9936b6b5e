package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the functions read and write that an expression runs, in the names of the caller: `self.n`
/// for `self.size()` with `return self.n`.
record Inside(Spot spot, int levels) {
  private static final int MOST_LEVELS = 3;

  Inside(Spot spot) {
    this(spot, MOST_LEVELS);
  }

  /// A function that runs, with what the caller gives it by its parameter's name.
  private record Run(PythonFunction function, Map<String, String> given) {
    /// In the caller's names; none for a local of the function, and for an argument without one.
    Optional<String> outside(String path) {
      int dot = path.indexOf('.');
      var head = dot < 0 ? path : path.substring(0, dot);
      var rest = dot < 0 ? "" : path.substring(dot);
      return given.containsKey(head)
          ? Optional.of(given.get(head) + rest)
          : function.names().bindings(head).isEmpty() ? Optional.of(path) : Optional.empty();
    }
  }

  Set<String> reads(Node expression) {
    var found = new LinkedHashSet<String>();
    if (levels > 0) {
      runs(expression)
          .forEach(
              run -> {
                var body = run.function().body();
                Stream.concat(Names.readIn(body).stream(), deeper(run).reads(body).stream())
                    .flatMap(p -> run.outside(p).stream())
                    .forEach(found::add);
              });
    }
    return found;
  }

  /// Whether a call may write what is read: a function that is found is looked into, of any other
  /// one has to expect it.
  boolean writes(Call call, List<String> reads) {
    var run = levels == 0 ? Optional.<Run>empty() : run(call);
    return run.map(
            r ->
                Names.writtenIn(r.function().body()).stream()
                        .flatMap(w -> r.outside(w).stream())
                        .anyMatch(w -> reads.stream().anyMatch(read -> Stability.overlap(read, w)))
                    || PythonFunction.calls(r.function().body()).stream()
                        .anyMatch(c -> passesOn(r, c, reads)))
        .orElse(true);
  }

  /// A call inside that gets what is read, or what it hangs on.
  private boolean passesOn(Run run, Call call, List<String> reads) {
    boolean reached =
        Stability.handed(call)
            .flatMap(h -> run.outside(h).stream())
            .anyMatch(h -> reads.stream().anyMatch(r -> Stability.below(r, h)));
    return reached && !deeper(run).spot().pure().isPure(call);
  }

  private Inside deeper(Run run) {
    return new Inside(spot.of(run.function()), levels - 1);
  }

  private Stream<Run> runs(Node expression) {
    var called = PythonFunction.calls(expression).stream().flatMap(c -> run(c).stream());
    var read =
        expression
            .find("attribute")
            .flatMap(
                a ->
                    spot.pure()
                        .property(a)
                        .map(
                            p ->
                                new Run(
                                    p,
                                    given(p, a.child("object").flatMap(Names::path), List.of()))));
    return Stream.concat(called, read);
  }

  private Optional<Run> run(Call call) {
    return spot.pure()
        .resolved(call)
        .map(f -> new Run(f, given(f, call.receiver().flatMap(Names::path), call.positional())));
  }

  private static Map<String, String> given(
      PythonFunction function, Optional<String> receiver, List<Node> arguments) {
    var names = function.parameters().stream().map(PythonFunction.Parameter::name).toList();
    var given = new HashMap<String, String>();
    boolean method = function.owner().isPresent() && !function.hasDecorator("staticmethod");
    if (method && !names.isEmpty()) {
      receiver.ifPresent(r -> given.put(names.getFirst(), r));
    }
    int from = method ? 1 : 0;
    for (int i = 0; i < arguments.size() && i + from < names.size(); i++) {
      int at = i + from;
      Names.path(arguments.get(i)).ifPresent(p -> given.put(names.get(at), p));
    }
    return given;
  }
}
