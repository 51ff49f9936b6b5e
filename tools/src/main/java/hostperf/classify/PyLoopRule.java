package hostperf.classify;

import static hostperf.classify.HotspotType.PYLOOP;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Loop;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// PYLOOP: a Python loop goes element by element over data that an array operation would take at
/// once.
final class PyLoopRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    loop(spot)
        .filter(l -> isElementwise(spot, l))
        .ifPresent(
            l ->
                found.add(
                    Finding.of(
                        PYLOOP,
                        spot.loops().size() >= 2 ? 0.74 : 0.66,
                        "The loop over %s at line %d takes one element a turn; the line %s"
                            .formatted(quote(l.iterable()), l.node().line(), spot.rate()))));
    return found;
  }

  /// The loop whose header or body the statement is.
  private static Optional<Loop> loop(Spot spot) {
    if (spot.statement().is("for_statement")) {
      return spot.function().loops().stream().filter(l -> l.node() == spot.statement()).findFirst();
    }
    return spot.loops().stream().filter(l -> l.node().is("for_statement")).findFirst();
  }

  private static boolean isElementwise(Spot spot, Loop loop) {
    if (isArray(spot, loop.iterable())) {
      return true;
    }
    var call = Call.of(loop.iterable());
    if (call.isPresent() && call.get().isNamed("zip", "enumerate", "reversed")) {
      return call.get().positional().stream().anyMatch(a -> isArray(spot, a));
    }
    return call.filter(c -> c.isNamed("range")).isPresent() && indexes(loop);
  }

  private static boolean isArray(Spot spot, Node node) {
    var device = spot.device(node);
    return device.isTensor() || device == Device.NUMPY || node.text().endsWith(".tolist()");
  }

  /// The body reads or writes `x[i]` of at least two things, or neighbours `x[i - 1]`.
  private static boolean indexes(Loop loop) {
    var names = loop.names();
    long reads =
        loop.body().stream()
            .flatMap(b -> b.find("subscript"))
            .filter(
                s ->
                    s.all("subscript").stream()
                        .anyMatch(
                            i ->
                                !i.is("slice")
                                    && i.find("identifier")
                                        .anyMatch(n -> names.contains(n.text()))))
            .count();
    return reads >= 2;
  }
}
