package hostperf.stacks;

import java.util.List;
import java.util.Map;

/// A table of the Firefox Profiler: a field a column, or a `schema` and rows.
///
/// @param where for messages
record GeckoTable(Map<?, ?> json, String name, String where) {

  /// Newer files have one table for all threads.
  static GeckoTable of(Map<?, ?> thread, Map<?, ?> shared, String name, String where) {
    var own = Json.object(thread, name);
    return new GeckoTable(own.isEmpty() ? Json.object(shared, name) : own, name, where);
  }

  boolean has(String column) {
    return json.containsKey(column) || Json.object(json, "schema").containsKey(column);
  }

  /// Empty where the table has no such column.
  double[] numbers(String column) {
    return Json.isArray(json, "data") ? ofRows(column) : ofColumn(column);
  }

  private double[] ofColumn(String column) {
    if (json.get(column) instanceof List<?>) {
      throw new MalformedStacks(
          "the column '%s' of %s in %s has something else than numbers"
              .formatted(column, name, where));
    }
    return Json.numbers(json, column);
  }

  private double[] ofRows(String column) {
    int index = (int) Json.number(Json.object(json, "schema"), column, -1);
    List<?> rows = Json.list(json, "data");
    if (index < 0) {
      return new double[0];
    }
    var numbers = new double[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = cell(rows.get(i), index);
    }
    return numbers;
  }

  /// A row ends with its last field that is set.
  private static double cell(Object row, int index) {
    if (row instanceof double[] numbers) {
      return index < numbers.length ? numbers[index] : Double.NaN;
    }
    return row instanceof List<?> items
            && index < items.size()
            && items.get(index) instanceof Double number
        ? number
        : Double.NaN;
  }

  /// A number, which some write as text.
  static String number(Map<?, ?> json, String name) {
    return json.get(name) instanceof Double number
        ? "%.0f".formatted(number)
        : Json.text(json, name);
  }

  /// The strings that the tables point into.
  record Texts(List<?> texts) {
    static Texts of(Map<?, ?> thread, Map<?, ?> shared) {
      for (Map<?, ?> place : List.of(thread, shared)) {
        for (String name : new String[] {"stringArray", "stringTable"}) {
          if (place.get(name) instanceof List<?> list) {
            return new Texts(list);
          }
        }
      }
      return new Texts(List.of());
    }

    /// Empty where there is none.
    String at(double index) {
      return index >= 0 && index < texts.size() && texts.get((int) index) instanceof String text
          ? text
          : "";
    }
  }
}
