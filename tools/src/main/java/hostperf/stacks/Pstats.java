package hostperf.stacks;

import hostperf.stacks.Marshal.Dictionary;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Reads what `cProfile` and `profile` write of any Python: a marshalled dictionary of
/// `(file, line, function)` to `(calls, calls without recursion, own, total, callers)`.
final class Pstats {
  private final List<CallGraph.Function> functions = new ArrayList<>();
  private final List<CallGraph.Call> calls = new ArrayList<>();

  private Pstats() {}

  static CallGraph read(InputStream in) throws IOException {
    if (!(new Marshal(in).read() instanceof Dictionary stats)) {
      throw new MalformedStacks("it holds something else than the results of cProfile");
    }
    var reading = new Pstats();
    for (int i = 0; i < stats.keys().size(); i++) {
      // Python's sampling profiler marks its files with a key of one word.
      if (!(stats.keys().get(i) instanceof List<?> key && key.size() == 1)) {
        reading.function(stats.keys().get(i), stats.values().get(i), i);
      }
    }
    if (reading.functions.stream().allMatch(f -> f.own() == 0)) {
      throw new MalformedStacks("it has no function that took time");
    }
    return new CallGraph(reading.functions, reading.calls);
  }

  private void function(Object key, Object value, int number) {
    Frame place = place(key, number);
    if (!(value instanceof List<?> row && row.size() >= 5)) {
      throw wrong(number, "has no times");
    }
    functions.add(
        new CallGraph.Function(place, seconds(row.get(2), number), seconds(row.get(3), number)));
    if (row.get(4) instanceof Dictionary callers) {
      for (int i = 0; i < callers.keys().size(); i++) {
        // The oldest profiler counts calls only.
        if (callers.values().get(i) instanceof List<?> cost && cost.size() >= 4) {
          calls.add(
              new CallGraph.Call(
                  place(callers.keys().get(i), number), place, seconds(cost.get(3), number)));
        }
      }
    }
  }

  private static Frame place(Object key, int number) {
    if (key instanceof List<?> parts
        && parts.size() == 3
        && parts.get(0) instanceof String file
        && parts.get(1) instanceof Double line
        && parts.get(2) instanceof String name) {
      return new Frame(name, file.equals("~") ? "" : file, Json.line(line));
    }
    throw wrong(number, "is not named by file, line and function");
  }

  private static double seconds(Object value, int number) {
    if (value instanceof Double seconds && seconds >= 0 && seconds < 1e12) {
      return seconds;
    }
    // The clock can step back a little between two calls.
    if (value instanceof Double seconds && seconds < 0 && seconds > -1) {
      return 0;
    }
    throw wrong(number, "has a time that is none");
  }

  private static MalformedStacks wrong(int number, String what) {
    return new MalformedStacks("entry %d %s".formatted(number + 1, what));
  }
}
