package hostperf.fact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds facts by where they are.
public final class FactsByLine {
  private final Facts facts;
  private final Map<String, Map<String, TreeMap<Integer, List<LineFact>>>> byName = new HashMap<>();

  public FactsByLine(Facts facts) {
    this.facts = facts;
    for (var fact : facts.lines()) {
      var file = fact.place().file();
      byName
          .computeIfAbsent(name(file), _ -> new HashMap<>())
          .computeIfAbsent(file, _ -> new TreeMap<>())
          .computeIfAbsent(fact.place().line(), _ -> new ArrayList<>())
          .add(fact);
    }
  }

  /// Those of some lines.
  ///
  /// @param path as the profile names it: any with the same end
  public Facts within(String path, int firstLine, int lastLine) {
    var tail = path.replace('\\', '/');
    List<LineFact> found = new ArrayList<>();
    byName
        .getOrDefault(name(tail), Map.of())
        .forEach(
            (file, lines) -> {
              if (isSame(file, tail)) {
                lines.subMap(firstLine, true, lastLine, true).values().forEach(found::addAll);
              }
            });
    return facts.of(found);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean isSame(String absolute, String tail) {
    return absolute.equals(tail) || absolute.endsWith(tail.startsWith("/") ? tail : "/" + tail);
  }
}
