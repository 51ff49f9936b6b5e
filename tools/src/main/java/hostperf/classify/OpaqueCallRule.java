package hostperf.classify;

import static hostperf.classify.HotspotType.HOIST;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import java.util.List;
import java.util.Optional;

/// A call that costs, of which the name says that it asks for something: is the answer the same
/// each time? Of a call that nothing is known of, nothing is said here.
final class OpaqueCallRule implements Rule {
  /// What such a call gives is likely the same when asked again with the same arguments.
  private static final String ASKS =
      "_?(\\w+_)?(get|load|create|make|build|resolve|init|lookup|check|cached|detect|parse|"
          + "socket|capability|version)(_\\w+)?";

  @Override
  public List<Finding> findings(Spot spot) {
    return of(spot).stream()
        .filter(c -> !Effects.areSeen(spot, c))
        .filter(c -> c.name().matches(ASKS) && !c.name().matches("_?get_(new|next|free)_\\w+"))
        .map(c -> finding(spot, c))
        .toList();
  }

  /// The call that the line is made for, where it is the program's and runs once per call.
  static Optional<Call> of(Spot spot) {
    return spot.calls().stream().findFirst().filter(c -> !spot.isInLoop(c.node()) && !isPythons(c));
  }

  /// Python's own functions and those of its containers, which are known to be only calls.
  private static boolean isPythons(Call call) {
    return call.receiver().isPresent()
        ? call.isNamed(
            "append",
            "extend",
            "add",
            "update",
            "get",
            "items",
            "keys",
            "values",
            "pop",
            "join",
            "split",
            "strip",
            "format",
            "setdefault",
            "clear",
            "insert",
            "discard")
        : call.isNamed(
            "len",
            "int",
            "float",
            "str",
            "bool",
            "isinstance",
            "getattr",
            "hasattr",
            "range",
            "zip",
            "enumerate",
            "min",
            "max",
            "sum",
            "abs",
            "memoryview",
            "super",
            "type",
            "id");
  }

  private static Finding finding(Spot spot, Call call) {
    return Finding.of(
        HOIST,
        0.45,
        "%s %s: does it give the same each time?".formatted(quote(call.node()), spot.rate()));
  }
}
