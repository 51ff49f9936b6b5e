package hostperf.measure.touched;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.Statements.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Adds up what touched code costs in a profile; nothing is counted twice.
final class TouchedCost {
  private final LineProfile profile;
  private final Map<FunctionProfile, SortedMap<Integer, LineCost>> lines = new HashMap<>();
  private final Set<String> unknown = new TreeSet<>();

  TouchedCost(LineProfile profile) {
    this.profile = profile;
  }

  /// The profiled function that has this line, the innermost of them.
  Optional<FunctionProfile> function(String file, int line) {
    return profile.functions().stream()
        .filter(f -> SameFile.is(f.file(), file) && covers(f, line))
        .max(Comparator.comparingInt(FunctionProfile::line));
  }

  private static boolean covers(FunctionProfile function, int line) {
    return !function.lines().isEmpty()
        && Math.min(function.line(), function.lines().getFirst().line()) <= line
        && line <= function.lines().getLast().line();
  }

  void add(FunctionProfile function, Lines touched) {
    var known = lines.computeIfAbsent(function, _ -> new TreeMap<>());
    function.lines().stream()
        .filter(line -> touched.covers(line.line()))
        .forEach(line -> known.put(line.line(), line));
  }

  void addWhole(FunctionProfile function) {
    add(function, new Lines(0, Integer.MAX_VALUE));
  }

  void addUnknown(String what) {
    unknown.add(what);
  }

  /// Whether any profiled line has this name as a word.
  boolean mentions(String name) {
    var word = word(name);
    return profile.functions().stream()
        .flatMap(f -> f.lines().stream())
        .anyMatch(line -> word.matcher(line.source()).find());
  }

  /// Adds every profiled line that has this name as a word.
  void addMentions(String name) {
    var word = word(name);
    for (var function : profile.functions()) {
      function.lines().stream()
          .filter(line -> word.matcher(line.source()).find())
          .forEach(line -> add(function, new Lines(line.line(), line.line())));
    }
  }

  static Pattern word(String name) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)");
  }

  TouchedCode total() {
    double seconds = 0;
    List<String> places = new ArrayList<>();
    for (var function : profile.functions()) {
      var touched = lines.getOrDefault(function, new TreeMap<>());
      double cost = touched.values().stream().mapToDouble(LineCost::seconds).sum();
      if (cost > 0) {
        seconds += cost;
        places.add(place(function, touched));
      }
    }
    return new TouchedCode(seconds, places, List.copyOf(unknown));
  }

  private static String place(FunctionProfile function, SortedMap<Integer, LineCost> touched) {
    if (touched.size() == function.lines().size()) {
      return "`%s`".formatted(function.name());
    }
    int first = touched.firstKey();
    int last = touched.lastKey();
    return first == last
        ? "line %d of `%s`".formatted(first, function.name())
        : "lines %d to %d of `%s`".formatted(first, last, function.name());
  }
}
