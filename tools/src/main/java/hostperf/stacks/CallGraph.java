package hostperf.stacks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Time by function and by call, as a tracing profiler counts it: no stacks, no lines, no threads.
///
/// A frame's line is where its function begins.
public record CallGraph(List<Function> functions, List<Call> calls) {

  /// @param own seconds without what it calls
  /// @param total with it
  public record Function(Frame place, double own, double total) {
    /// @param isWithin whether the other's time is in this one's already
    Function and(Function other, boolean isWithin) {
      return new Function(
          place, own + other.own, isWithin ? Math.max(total, other.total) : total + other.total);
    }
  }

  /// @param total seconds in the callee when this caller called it, with what it calls
  public record Call(Frame caller, Frame callee, double total) {}

  public CallGraph {
    functions = List.copyOf(functions);
    calls = List.copyOf(calls);
  }

  /// All time that was counted.
  public double seconds() {
    return functions.stream().mapToDouble(Function::own).sum();
  }

  /// Several as one, such as one a process.
  public static CallGraph sum(List<CallGraph> graphs) {
    Map<Frame, Function> functions = new LinkedHashMap<>();
    Map<List<Frame>, Call> calls = new LinkedHashMap<>();
    for (CallGraph graph : graphs) {
      for (Function f : graph.functions()) {
        functions.merge(f.place(), f, (a, b) -> a.and(b, false));
      }
      for (Call call : graph.calls()) {
        calls.merge(
            List.of(call.caller(), call.callee()),
            call,
            (a, b) -> new Call(a.caller(), a.callee(), a.total() + b.total()));
      }
    }
    return new CallGraph(new ArrayList<>(functions.values()), new ArrayList<>(calls.values()));
  }

  /// The same with its functions renamed. A comprehension or lambda that becomes its enclosing
  /// function has its time within that one's, and is not called by it.
  CallGraph renamed(UnaryOperator<Frame> rename) {
    Map<List<String>, Function> byName = new LinkedHashMap<>();
    for (boolean nameless : List.of(false, true)) {
      functions.stream()
          .filter(f -> isNameless(f.place()) == nameless)
          .map(f -> new Function(rename.apply(f.place()), f.own(), f.total()))
          .forEach(
              f ->
                  byName.merge(
                      List.of(f.place().function(), f.place().file()),
                      f,
                      (first, one) -> first.and(one, nameless)));
    }
    return new CallGraph(
        List.copyOf(byName.values()),
        calls.stream()
            .filter(c -> !isNameless(c.callee()) || rename.apply(c.callee()).equals(c.callee()))
            .map(c -> new Call(rename.apply(c.caller()), rename.apply(c.callee()), c.total()))
            .toList());
  }

  /// `<listcomp>`, `<lambda>`: only what stands in a file can have another name.
  private static boolean isNameless(Frame frame) {
    return frame.function().startsWith("<");
  }

  /// As shares of all of its time.
  Shares shares() {
    double all = seconds();
    return Shares.given(
        all,
        functions.stream()
            .map(
                f ->
                    new Shares.FunctionShare(
                        f.place().function(),
                        f.place().file(),
                        f.own() / all,
                        // Counted by another clock, it may be a little more than everything.
                        Math.min(1, f.total() / all)))
            .toList(),
        List.of(),
        calls.stream()
            .map(
                c ->
                    new Shares.CallShare(
                        // Which of its lines calls is not known.
                        new Frame(c.caller().function(), c.caller().file(), 0),
                        c.callee().function(),
                        c.callee().file(),
                        c.total() / all))
            .toList());
  }
}
