package hostperf.classify;

import static hostperf.classify.HotspotType.DEAD_WORK;
import static hostperf.classify.HotspotType.HOIST;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import java.util.List;
import java.util.Optional;

/// A call that costs, and of which the text tells nothing more. Engineers who removed such a cost
/// most often found that the work was not needed in every case, or that the answer was the same
/// each time, and seldom that the call itself was dear. So both are asked first, with little
/// confidence. In a loop it is the number of calls that costs.
final class OpaqueCallRule implements Rule {
  /// What such a call gives is likely the same when asked again with the same arguments.
  private static final String ASKS =
      "_?(\\w+_)?(get|load|create|make|build|resolve|init|lookup|check|cached|detect|parse|"
          + "socket|capability|version)(_\\w+)?";

  @Override
  public List<Finding> findings(Spot spot) {
    return of(spot).stream().filter(c -> !TensorOps.isView(c)).map(c -> finding(spot, c)).toList();
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
    boolean asks = call.name().matches(ASKS) && !call.name().matches("_?get_(new|next|free)_\\w+");
    return asks
        ? Finding.of(
            HOIST,
            0.45,
            "%s %s and may give the same each time".formatted(quote(call.node()), spot.rate()))
        : Finding.of(
            DEAD_WORK,
            confidence(spot, call),
            "%s %s; nothing here tells that every case needs it"
                .formatted(quote(call.node()), spot.rate()));
  }

  /// How likely it is that the need for it is the question: more where it works on tensors, since
  /// nothing else is dear about launching one operator.
  private static double confidence(Spot spot, Call call) {
    if (spot.calls().stream().anyMatch(TensorOps::isView)) {
      return 0.51;
    }
    return TensorOps.launches(spot, call) ? 0.47 : 0.44;
  }
}
