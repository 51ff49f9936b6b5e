package hostperf;

import java.util.List;

/// Names in a sentence.
public final class NameList {
  private NameList() {}

  /// `a, b and 3 more`.
  public static String of(List<String> names, int most) {
    int more = names.size() - most;
    var first = String.join(", ", names.subList(0, Math.min(names.size(), most)));
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }
}
