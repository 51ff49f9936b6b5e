package hostperf.agent;

import java.util.List;

/// Cutting lists down to what an answer has room for.
final class Truncation {
  private Truncation() {}

  static <T> List<T> first(List<T> rows, int limit) {
    return rows.size() <= limit ? rows : List.copyOf(rows.subList(0, limit));
  }
}
