package hostperf.trace.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names that stand in the rows themselves, not in the table of strings.
///
/// They have negative numbers until `join` gives them a place among the names.
final class InlineNames {
  private final Dictionary<String> texts = new Dictionary<>();

  int number(String text) {
    return -1 - texts.number(text);
  }

  /// Gives each string one number, wherever it stood; those written in rows join the names.
  ///
  /// @param names the strings behind the numbered ids
  void join(List<String> names, List<Rows> tables) {
    var numbers = new HashMap<String, Integer>();
    int[] byId = new int[names.size()];
    for (int i = 0; i < byId.length; i++) {
      int number = i;
      byId[i] = numbers.computeIfAbsent(names.get(i), _ -> number);
    }
    int[] byText = texts.values().stream().mapToInt(text -> number(text, numbers, names)).toArray();
    for (Rows rows : tables) {
      rows.rename(name -> name < 0 ? byText[-1 - name] : byId[name], place -> place);
    }
  }

  private static int number(String text, Map<String, Integer> numbers, List<String> names) {
    return numbers.computeIfAbsent(
        text,
        _ -> {
          names.add(text);
          return names.size() - 1;
        });
  }
}
