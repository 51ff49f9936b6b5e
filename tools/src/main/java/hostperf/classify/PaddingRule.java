package hostperf.classify;

import static hostperf.classify.HotspotType.DEAD_WORK;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Device;
import java.util.ArrayList;
import java.util.List;

/// DEAD_WORK on places that may never be read: padding, a buffer cleared whole, the rest of a
/// buffer set to a constant.
final class PaddingRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      padded(call, found);
      cleared(call, found);
    }
    rest(spot, found);
    return found;
  }

  private static void padded(Call call, List<Finding> found) {
    if (call.name().matches("_?(make|pad)_\\w*pad\\w*|pad_\\w+")) {
      add(
          found,
          0.61,
          quote(call.node()) + " adds padding, by its name: are the added places read?");
    }
  }

  private static void cleared(Call call, List<Finding> found) {
    if (call.isNamed("fill_", "zero_", "fill")) {
      add(found, 0.5, quote(call.node()) + " writes all of it: is all of it read?");
    }
  }

  /// `slots[n:] = -1`: with `slots` an array or of a kind not known.
  private static void rest(Spot spot, List<Finding> found) {
    boolean constant =
        spot.value()
            .filter(
                v ->
                    v.is("integer", "float", "true", "false")
                        || v.text().matches("-\\d+")
                        || ImplicitSyncRule.isConstant(v))
            .isPresent();
    spot.assigned()
        .filter(l -> constant && TensorOps.isPart(l))
        .filter(l -> l.child("value").filter(v -> spot.device(v) == Device.PYTHON).isEmpty())
        .ifPresent(
            l ->
                add(
                    found,
                    0.6,
                    "%s is set to a constant: is it read before it is written again?"
                        .formatted(quote(l))));
  }

  private static void add(List<Finding> found, double confidence, String evidence) {
    found.add(Finding.of(DEAD_WORK, confidence, evidence));
  }
}
