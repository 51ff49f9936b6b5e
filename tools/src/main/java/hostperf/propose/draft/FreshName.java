package hostperf.propose.draft;

import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.util.Set;
import java.util.regex.Pattern;

/// Chooses names that nothing in the file uses.
final class FreshName {
  /// Built-in functions and keywords that make bad names for a local.
  private static final Set<String> TAKEN =
      Set.of(
          "type", "id", "len", "list", "dict", "set", "str", "int", "float", "bool", "max", "min",
          "sum", "any", "all", "map", "filter", "range", "next", "iter", "hash", "input", "format",
          "object", "open", "print", "sorted", "tuple", "vars", "zip", "bytes", "is", "in", "not",
          "and", "or", "if", "for", "from", "import", "class", "def", "return", "lambda", "None");

  private FreshName() {}

  /// For the value of an expression: `max_len` for `self.config.max_len`.
  static String of(Node expression, PythonFile file) {
    var parts = expression.text().replaceAll("\\(.*", "").split("\\.");
    var last = plain(parts[parts.length - 1].replaceFirst("^get_", ""));
    if (parts.length == 1 && expression.is("call")) {
      return of(last + "_value", file);
    }
    if (parts.length > 1 && (isTaken(last, file) || last.length() < 2)) {
      return of(plain(parts[parts.length - 2]) + "_" + last, file);
    }
    return of(last, file);
  }

  /// The wanted name, or the first of `wanted_2`, `wanted_3`… that is free.
  static String of(String wanted, PythonFile file) {
    var name = wanted;
    for (int i = 2; isTaken(name, file); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private static String plain(String part) {
    var letters = part.replaceAll("\\W", "").replaceFirst("^_+", "");
    return letters.isEmpty() || Character.isDigit(letters.charAt(0)) ? "value" : letters;
  }

  /// As a variable anywhere in the file; an attribute of that name is no clash.
  private static boolean isTaken(String name, PythonFile file) {
    return TAKEN.contains(name)
        || Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "\\b").matcher(file.text()).find();
  }
}
