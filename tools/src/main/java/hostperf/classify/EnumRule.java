package hostperf.classify;

import static hostperf.classify.HotspotType.ENUM_CONSTRUCT;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.PythonClass;
import java.util.ArrayList;
import java.util.List;

/// ENUM_CONSTRUCT: `Color(value)` looks a member up through the enum's metaclass.
final class EnumRule implements Rule {
  /// What such a lookup costs, in microseconds: 0.8 to 2 on the hosts that we measured, where an
  /// attribute costs a tenth. The band is that of the issue that asked for this type.
  private static final double LEAST = 0.8;

  private static final double MOST = 2;

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      if (call.positional().size() != 1) {
        continue;
      }
      boolean seen =
          call.node().file().classNamed(call.callee()).filter(PythonClass::isEnum).isPresent();
      boolean inBand = spot.microsPerHit() >= LEAST && spot.microsPerHit() <= MOST;
      if (seen || isNamedLikeOne(call)) {
        found.add(
            Finding.of(
                ENUM_CONSTRUCT,
                seen ? 0.9 : inBand ? 0.75 : 0.6,
                "%s looks an enum member up by value%s; it %s"
                    .formatted(
                        quote(call.node()),
                        seen ? "" : ", if it is an enum as named",
                        spot.rate())));
      }
    }
    return found;
  }

  private static boolean isNamedLikeOne(Call call) {
    return call.name().matches("[A-Z][A-Za-z0-9]*(State|Status|Mode|Kind|Reason|Phase|Enum)")
        && call.argument(0).filter(a -> a.is("identifier", "attribute", "subscript")).isPresent();
  }
}
