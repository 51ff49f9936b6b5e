package hostperf.stacks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Time by function, line and call, as shares of the time of all these stacks.
///
/// A function that calls itself counts once a stack. Callees are summed over all their callers.
///
/// @param weight the whole that shares are shares of
/// @param functions most own time first
/// @param lines most time first, what they call included
/// @param calls who calls whom, most time first
public record Shares(
    double weight, List<FunctionShare> functions, List<LineShare> lines, List<CallShare> calls) {

  /// @param own without what it calls
  /// @param total with it
  public record FunctionShare(String function, String file, double own, double total) {}

  /// @param own while no function that the line calls was running
  public record LineShare(Frame place, double own, double total) {}

  /// @param from the line of the caller
  public record CallShare(Frame from, String function, String file, double total) {}

  private static final Comparator<FunctionShare> BY_FUNCTION =
      Comparator.comparingDouble(FunctionShare::own)
          .thenComparingDouble(FunctionShare::total)
          .reversed()
          .thenComparing(FunctionShare::function);

  private static final Comparator<LineShare> BY_LINE =
      Comparator.comparingDouble(LineShare::total)
          .thenComparingDouble(LineShare::own)
          .reversed()
          .thenComparing(line -> line.place().toString());

  private static final Comparator<CallShare> BY_CALL =
      Comparator.comparingDouble(CallShare::total)
          .reversed()
          .thenComparing(call -> call.toString());

  public Shares {
    functions = List.copyOf(functions);
    lines = List.copyOf(lines);
    calls = List.copyOf(calls);
  }

  /// That of one function; empty where no sample shows it.
  public Optional<FunctionShare> function(String name, String file) {
    return functions.stream()
        .filter(f -> f.function().equals(name) && f.file().equals(file))
        .findFirst();
  }

  /// Of stacks from the root inwards.
  public static Shares of(List<Stack> stacks) {
    var sums = new Sums();
    EachStack.summed(stacks).stream().filter(stack -> !stack.frames().isEmpty()).forEach(sums::add);
    return sums.shares();
  }

  /// As a profiler gives them, put in order.
  static Shares given(
      double weight, List<FunctionShare> functions, List<LineShare> lines, List<CallShare> calls) {
    return new Shares(
        weight,
        functions.stream().sorted(BY_FUNCTION).toList(),
        lines.stream().sorted(BY_LINE).toList(),
        calls.stream().sorted(BY_CALL).toList());
  }

  private record Function(String name, String file) {
    static Function of(Frame frame) {
      return new Function(frame.function(), frame.file());
    }
  }

  private record Call(Frame from, Function to) {}

  private static final class Sums {
    private double weight;
    private final Map<Function, double[]> functions = new HashMap<>();
    private final Map<Frame, double[]> lines = new HashMap<>();
    private final Map<Call, double[]> calls = new HashMap<>();

    void add(Stack stack) {
      weight += stack.weight();
      Set<Object> seen = new HashSet<>();
      List<Frame> frames = stack.frames();
      for (int i = 0; i < frames.size(); i++) {
        Frame frame = frames.get(i);
        total(functions, Function.of(frame), stack.weight(), seen);
        total(lines, frame, stack.weight(), seen);
        if (i > 0 && !frame.isSameFunction(frames.get(i - 1))) {
          total(calls, new Call(frames.get(i - 1), Function.of(frame)), stack.weight(), seen);
        }
      }
      Frame last = frames.getLast();
      own(functions, Function.of(last), stack.weight());
      own(lines, last, stack.weight());
    }

    private static <K> void own(Map<K, double[]> sums, K key, double weight) {
      sums.computeIfAbsent(key, _ -> new double[2])[0] += weight;
    }

    private static <K> void total(Map<K, double[]> sums, K key, double weight, Set<Object> seen) {
      if (seen.add(key)) {
        sums.computeIfAbsent(key, _ -> new double[2])[1] += weight;
      }
    }

    Shares shares() {
      List<FunctionShare> byFunction = new ArrayList<>();
      functions.forEach(
          (f, w) ->
              byFunction.add(new FunctionShare(f.name(), f.file(), share(w[0]), share(w[1]))));
      List<LineShare> byLine = new ArrayList<>();
      lines.forEach((at, w) -> byLine.add(new LineShare(at, share(w[0]), share(w[1]))));
      List<CallShare> byCall = new ArrayList<>();
      calls.forEach(
          (c, w) -> byCall.add(new CallShare(c.from(), c.to().name(), c.to().file(), share(w[1]))));
      return given(weight, byFunction, byLine, byCall);
    }

    private double share(double part) {
      return weight == 0 ? 0 : part / weight;
    }
  }
}
