package hostperf.profile;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Ranks that a launcher started, as it says, and that left nothing.
final class MissingRanks {
  private static final int MOST = 10;

  private MissingRanks() {}

  /// A process that left something.
  ///
  /// @param rank empty where no launcher numbered it
  /// @param ranks how many there are; 0 where the launcher did not say
  record Seen(String rank, int ranks) {
    static Seen of(JsonNode note) {
      return new Seen(note.path("rank").asString(""), number(note.path("ranks").asString("")));
    }
  }

  static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  /// @param what they should have left
  static List<String> remarks(List<Seen> seen, Pass what) {
    var numbers =
        seen.stream()
            .map(Seen::rank)
            .filter(rank -> rank.matches("\\d{1,6}"))
            .map(Integer::valueOf)
            .collect(Collectors.toSet());
    int ranks = seen.stream().mapToInt(Seen::ranks).max().orElse(0);
    var missing =
        IntStream.range(0, ranks).filter(rank -> !numbers.contains(rank)).boxed().toList();
    return missing.isEmpty() || numbers.isEmpty()
        ? List.of()
        : List.of(
            "Of %d ranks, %d left no %s: %s%s%s. They were killed, or the injected code did not reach them."
                .formatted(
                    ranks,
                    missing.size(),
                    what.name().toLowerCase(Locale.ROOT),
                    missing.size() == 1 ? "rank " : "ranks ",
                    missing.stream()
                        .limit(MOST)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ")),
                    missing.size() > MOST ? ", …" : ""));
  }
}
