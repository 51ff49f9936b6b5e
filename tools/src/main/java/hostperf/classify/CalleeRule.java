package hostperf.classify;

import static hostperf.classify.HotspotType.COMM;
import static hostperf.classify.HotspotType.HOST_SYNC;
import static hostperf.classify.HotspotType.SYNC;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Devices;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a called function of the same file does inside: it waits for the device or for other
/// ranks, and the line that calls it pays. One level deep; the callee's own profile tells the rest.
final class CalleeRule implements Rule {
  /// A longer function does more than one thing, and a profile of it has to tell which costs.
  private static final int MOST_LINES = 60;

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      callee(spot, call)
          .filter(f -> f.endLine() - f.line() < MOST_LINES)
          .ifPresent(f -> inside(call, f, found));
    }
    return found;
  }

  /// `self.method()`, `Class.method()` or `function()`, where the file has it.
  private static Optional<PythonFunction> callee(Spot spot, Call call) {
    var receiver = call.receiver().map(Node::text);
    if (receiver.isEmpty()) {
      return spot.function().file().functions().stream()
          .filter(f -> f.owner().isEmpty() && f.name().equals(call.name()))
          .findFirst();
    }
    var owner =
        receiver.get().matches("self|cls")
            ? spot.function().owner()
            : spot.function().file().classNamed(receiver.get());
    return owner.flatMap(c -> c.method(call.name()));
  }

  private static void inside(Call call, PythonFunction callee, List<Finding> found) {
    var devices = Devices.of(callee);
    for (var inner : callee.calls()) {
      var name = inner.name();
      if (CommRule.isCollective(inner)) {
        add(found, COMM, 0.6, call, callee, inner);
      } else if (inner.isNamed("synchronize")) {
        add(found, SYNC, 0.56, call, callee, inner);
      } else if (name.matches("item|tolist|cpu")
          && inner.positional().isEmpty()
          && inner.receiver().filter(r -> !devices.of(r).device().isHost()).isPresent()) {
        add(found, HOST_SYNC, 0.55, call, callee, inner);
      }
    }
  }

  private static void add(
      List<Finding> found,
      HotspotType type,
      double confidence,
      Call call,
      PythonFunction callee,
      Call inner) {
    found.add(
        Finding.of(
            type,
            confidence,
            "%s calls `%s`, which has %s at line %d"
                .formatted(
                    quote(call.node()), callee.name(), quote(inner.node()), inner.node().line())));
  }
}
