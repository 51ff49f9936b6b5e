package hostperf.classify;

import static hostperf.classify.HotspotType.REDUNDANT_ITER;
import static hostperf.classify.Spot.quote;

import hostperf.source.Loop;
import hostperf.source.Names;
import java.util.List;
import java.util.Optional;

/// REDUNDANT_ITER by the profile: a loop goes over a collection that another loop of the function
/// has gone over, and ran as often.
final class SecondPassRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    if (spot.hits() == 0) {
      return List.of();
    }
    return spot.headed().stream()
        .flatMap(second -> first(spot, second).stream().map(first -> finding(spot, first, second)))
        .toList();
  }

  /// An earlier loop over the same collection, beside this one, with the collection unchanged in
  /// between as far as its name tells.
  private static Optional<Loop> first(Spot spot, Loop second) {
    var path = Names.path(second.iterable());
    return spot.function().loops().stream()
        .filter(l -> l.node().is("for_statement") && l.node().start() < second.node().start())
        .filter(l -> !l.node().contains(second.node()))
        .filter(l -> l.iterable().text().equals(second.iterable().text()))
        .filter(l -> spot.hitsOf(l.node()) == spot.hits())
        .filter(l -> path.isPresent() && !isChangedBetween(spot, path.get(), l, second))
        .findFirst();
  }

  private static boolean isChangedBetween(Spot spot, String path, Loop first, Loop second) {
    return spot.names().bindings(path).stream()
        .anyMatch(
            b ->
                b.node().start() > first.node().start()
                    && b.node().start() < second.node().start());
  }

  private static Finding finding(Spot spot, Loop first, Loop second) {
    return Finding.of(
        REDUNDANT_ITER,
        0.7,
        "The loop over %s at line %d follows one over the same at line %d: both have %,d hits"
            .formatted(
                quote(second.iterable()), second.node().line(), first.node().line(), spot.hits()));
  }
}
