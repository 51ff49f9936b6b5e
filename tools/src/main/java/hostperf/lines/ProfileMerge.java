package hostperf.lines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Adds up functions that occur in several reports, or several times in one.
public final class ProfileMerge implements ReportSink {
  private record Key(String file, int line, String name) {}

  private final SequencedMap<Key, FunctionProfile> functions = new LinkedHashMap<>();
  private final SequencedMap<String, FunctionTimer> timers = new LinkedHashMap<>();

  @Override
  public void function(FunctionProfile function) {
    functions.merge(
        new Key(function.file(), function.line(), function.name()), function, ProfileMerge::sum);
  }

  @Override
  public void timer(FunctionTimer timer) {
    timers.merge(timer.name(), timer, FunctionTimer::plus);
  }

  public ProfileReport report() {
    return new ProfileReport(
        new LineProfile(List.copyOf(functions.values())), List.copyOf(timers.values()));
  }

  private static FunctionProfile sum(FunctionProfile one, FunctionProfile other) {
    Map<Integer, LineCost> lines = new TreeMap<>();
    one.lines().forEach(line -> lines.put(line.line(), line));
    other.lines().forEach(line -> lines.merge(line.line(), line, ProfileMerge::sum));
    return new FunctionProfile(
        one.name(),
        one.file(),
        one.line(),
        one.seconds() + other.seconds(),
        new ArrayList<>(lines.values()));
  }

  private static LineCost sum(LineCost one, LineCost other) {
    String source = one.source().isEmpty() ? other.source() : one.source();
    return new LineCost(
        one.line(), one.hits() + other.hits(), one.seconds() + other.seconds(), source);
  }
}
