package hostperf.classify;

import static hostperf.classify.HotspotType.COMM;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// COMM: an exchange between ranks or processes.
final class CommRule implements Rule {
  private static final String COLLECTIVE =
      ".*(all_?reduce|all_?gather|all_?to_?all|reduce_scatter|broadcast_(py)?obj|broadcast_tensor"
          + "|broadcast_object|isend|irecv|barrier|send_tensor|recv_tensor|reduce_(min|max|sum)"
          + "|dist_?(all)?(gather|reduce|scatter|broadcast)"
          + ").*";

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      if (isCollective(call) || spot.target().calls().isCollective(call.callee())) {
        found.add(
            Finding.of(
                COMM,
                isNamedCollective(call) ? 0.85 : 0.7,
                "%s exchanges with other ranks%s; it %s"
                    .formatted(quote(call.node()), how(spot, call), spot.rate())));
      } else if (isRemote(call)) {
        found.add(
            Finding.of(
                COMM,
                0.5,
                "%s exchanges with another process, by its name; it %s"
                    .formatted(quote(call.node()), spot.rate())));
      }
    }
    return found;
  }

  private static String how(Spot spot, Call call) {
    return call.resolved().startsWith("torch.distributed.")
        ? ""
        : spot.target().calls().isCollective(call.callee())
            ? ", by the target's map"
            : ", by its name";
  }

  /// By its name, or as a function of torch's own package for it.
  static boolean isCollective(Call call) {
    return isNamedCollective(call)
        || (call.resolved().startsWith("torch.distributed.")
            && !call.name().matches("(?i)(get|is)_.*"));
  }

  private static boolean isNamedCollective(Call call) {
    return call.name().toLowerCase(Locale.ROOT).matches(COLLECTIVE);
  }

  /// `client.root.get(…)`, `self.rpc.call(…)`.
  private static boolean isRemote(Call call) {
    return call.name().matches("_?(send|recv|publish)_\\w+|remote|\\w+_across_(dp|tp|pp|ep|ranks)")
        || call.resolved().matches("ray\\.(get|wait)")
        || call.receiver()
            .filter(r -> r.text().matches("(?i)[\\w.]*(client|rpc|stub|socket|channel)(\\.root)?"))
            .isPresent();
  }
}
