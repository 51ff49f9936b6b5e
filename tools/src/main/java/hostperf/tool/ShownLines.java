package hostperf.tool;

import hostperf.lines.SpentLine;
import hostperf.profile.Observed;
import java.util.List;
import java.util.stream.Stream;

/// The statements that an answer shows, most time of their own first: those that stand out, then
/// those that follow, of which chance decides the order.
///
record ShownLines(List<SpentLine> standing, List<SpentLine> next) {
  private static final int MOST_STANDING = 10;
  private static final int MOST = 15;

  /// A statement with less is no target by itself.
  private static final double WORTH_A_LOOK = 0.02;

  private static final double WORTH_SAYING = 0.005;

  /// Of two statements with fewer samples than these, one may have none the next time.
  private static final int FEW = 5;

  ShownLines {
    standing = List.copyOf(standing);
    next = List.copyOf(next);
  }

  static ShownLines of(Observed observed) {
    double samples = observed.ranking().map(r -> r.samples() * r.evenness()).orElse(0.0);
    var standing =
        observed.spent().stream()
            .filter(line -> standsOut(line.usual(), samples))
            .limit(MOST_STANDING)
            .toList();
    var next =
        observed.spent().stream()
            .filter(line -> !standing.contains(line) && line.own() >= WORTH_SAYING)
            .filter(line -> samples == 0 || line.own() * samples >= FEW)
            .limit(MOST - standing.size())
            .toList();
    return new ShownLines(standing, next);
  }

  /// Whether at least half of the share is there but for one time in forty.
  ///
  /// @param samples of all; 0 where the profile counts none, and is believed
  private static boolean standsOut(double share, double samples) {
    double error = samples == 0 ? 0 : Math.sqrt(share * (1 - share) / samples);
    return share >= WORTH_A_LOOK && 2 * error <= share / 2;
  }

  Stream<SpentLine> all() {
    return Stream.concat(standing.stream(), next.stream());
  }
}
