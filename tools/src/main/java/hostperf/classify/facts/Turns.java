package hostperf.classify.facts;

import static hostperf.classify.facts.Spot.quote;

import hostperf.source.Loop;
import hostperf.source.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How many turns of a loop reached what the test in its body selects, as the profile counted them.
///
/// @param all turns
/// @param past those that reached it
record Turns(long all, long past) {
  /// A loop whose test lets more through does its work for most elements and searches for none.
  private static final double MOST = 0.5;

  static Turns of(Spot spot, Loop loop) {
    var body = loop.body().stream().flatMap(b -> b.items().stream()).toList();
    var all = body.stream().mapToLong(spot::hitsOf).max().orElse(0);
    return new Turns(all, past(spot, body).orElse(all));
  }

  /// Hits of what follows `if …: continue`, else of what stands below the first `if`.
  private static Optional<Long> past(Spot spot, List<Node> body) {
    for (int i = 0; i < body.size(); i++) {
      if (body.get(i).is("if_statement")) {
        var below =
            body.get(i).child("consequence").stream().flatMap(b -> b.items().stream()).toList();
        boolean skips = below.stream().anyMatch(s -> s.is("continue_statement"));
        return skips && i + 1 < body.size()
            ? Optional.of(spot.hitsOf(body.get(i + 1)))
            : below.stream().map(spot::hitsOf).max(Long::compare);
      }
    }
    return Optional.empty();
  }

  boolean isSearch() {
    return all > 0 && past <= MOST * all;
  }

  String words(Loop loop) {
    return String.format(
        Locale.ROOT,
        "Of the %,d iterations of the loop over %s at line %d, %,d reached what its test selects",
        all,
        quote(loop.iterable()),
        loop.node().line(),
        past);
  }
}
