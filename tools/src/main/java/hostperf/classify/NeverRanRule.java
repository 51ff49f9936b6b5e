package hostperf.classify;

import static hostperf.classify.HotspotType.DEAD_WORK;
import static hostperf.classify.Spot.quote;

import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;
import java.util.Optional;

/// DEAD_WORK by the profile: what a line computes is read only where nothing ever ran, or a test
/// costs each time and never opens its body.
final class NeverRanRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    if (spot.hits() == 0) {
      return List.of();
    }
    return guard(spot).or(() -> unread(spot)).stream().toList();
  }

  /// `if costly(): …` whose body has no hit.
  private static Optional<Finding> guard(Spot spot) {
    var body =
        Optional.of(spot.statement())
            .filter(s -> s.is("if_statement") && s.child("alternative").isEmpty())
            .flatMap(s -> s.child("consequence"))
            .filter(b -> !spot.ran(b));
    return body.map(
        b ->
            Finding.of(
                DEAD_WORK,
                0.55,
                "The test has %d hits, but lines %d to %d below it never ran in this profile"
                    .formatted(spot.hits(), b.line(), b.endLine())));
  }

  /// `x = f()` with all reads of `x` in lines without a hit.
  private static Optional<Finding> unread(Spot spot) {
    var target = spot.assigned().filter(l -> l.is("identifier"));
    if (target.isEmpty()) {
      return Optional.empty();
    }
    var reads =
        spot.names().uses(target.get().text()).stream()
            .filter(u -> !spot.statement().contains(u))
            .toList();
    boolean never = !reads.isEmpty() && reads.stream().noneMatch(u -> mayRun(spot, u));
    return never
        ? Optional.of(
            Finding.of(
                DEAD_WORK,
                0.84,
                "%s is read only at line %d, which never ran in this profile; the line has %d hits"
                    .formatted(quote(target.get()), reads.getFirst().line(), spot.hits())))
        : Optional.empty();
  }

  /// Lines of a function defined inside are another function's, so nothing is known of them.
  private static boolean mayRun(Spot spot, Node use) {
    boolean inside =
        use.ancestor("function_definition", "lambda")
            .filter(f -> f == spot.function().node())
            .isPresent();
    return !inside || spot.hitsOf(Statements.around(use)) > 0;
  }
}
