package hostperf.trace.read;

/// A kernel's short name, made from the whole one: `void at::native::foo<int>(char*)` is `foo`.
public final class KernelName {
  private KernelName() {}

  /// Cuts template arguments and parameters, then takes the last word. Names that are not C++, as
  /// Triton's, stay as they are.
  public static String shortened(String name) {
    var plain = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (name.startsWith("(anonymous namespace)", i)) {
        i += "(anonymous namespace)".length() - 1;
      } else if (c == '<') {
        depth++;
      } else if (c == '>') {
        depth = Math.max(0, depth - 1);
      } else if (depth == 0 && c == '(') {
        break;
      } else if (depth == 0) {
        plain.append(c);
      }
    }
    String words = plain.toString().strip();
    String last = words.substring(words.lastIndexOf(' ') + 1);
    String shortName = last.substring(last.lastIndexOf(':') + 1);
    return shortName.isEmpty() ? name : shortName;
  }
}
