package hostperf.behaviour;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What differs between two launches of the same code: it says nothing about a patch.
///
/// @param keys of places, see `Descent.Place`; what is below them is not looked at
/// @param functions whose calls do not recur in the same order with the same arguments
record Varying(Set<String> keys, Set<String> functions) {
  /// @param declared what does not matter by a person's word, or is known to vary
  static Varying declared(Set<String> declared) {
    return new Varying(declared, Set.of());
  }

  /// A function in which more attributes than this vary, besides times, has other work to do in
  /// each launch.
  private static final int MOST_KEYS = 8;

  private static final int MOST_LOOKS = 12;

  /// Leaving out what varies uncovers what varies behind it, so it looks until nothing is new. Sets
  /// come last: most are the same without what varies of their items.
  ///
  /// @param declared what does not matter anyway
  static Varying between(Recording one, Recording other, Set<String> declared) {
    var varying = declared(declared);
    for (int look = 0; look < MOST_LOOKS; look++) {
      var differences = new InOrder(one, other, varying).differences();
      if (differences.isEmpty()) {
        return varying;
      }
      var sure = differences.stream().filter(d -> !d.place().isSet()).toList();
      varying = varying.and(sure.isEmpty() ? differences : sure);
    }
    return varying;
  }

  private Varying and(List<Difference> differences) {
    var allKeys = new TreeSet<>(keys);
    var allFunctions = new HashSet<>(functions);
    Map<String, List<Difference>> byFunction =
        differences.stream().collect(Collectors.groupingBy(d -> d.sequence().function()));
    Map<String, Set<String>> plain = new HashMap<>();
    byFunction.forEach(
        (function, all) -> {
          plain.put(function, keys(all, false));
          if (all.stream().anyMatch(Difference::isCount)
              || attributes(plain.get(function)).size() > MOST_KEYS) {
            allFunctions.add(function);
          }
        });
    byFunction.forEach(
        (function, all) -> {
          allKeys.addAll(keys(all, true));
          if (!allFunctions.contains(function)) {
            allKeys.addAll(plain.getOrDefault(function, Set.of()));
          }
        });
    return new Varying(allKeys, allFunctions);
  }

  private static Set<String> keys(List<Difference> differences, boolean varies) {
    return differences.stream()
        .filter(d -> !d.isCount() && d.place().varies() == varies)
        .map(d -> d.place().key())
        .collect(Collectors.toSet());
  }

  /// Those that the places of these keys are in.
  static Set<String> attributes(Set<String> keys) {
    return keys.stream().map(key -> key.replaceFirst("\\[.*", "")).collect(Collectors.toSet());
  }
}
