package hostperf.classify;

import static hostperf.classify.HotspotType.BOUNDARY;
import static hostperf.classify.Spot.quote;

import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// BOUNDARY: Python and C++ (or a compiled helper) exchange values one by one: attributes of a
/// bound class, a Python list converted element by element.
final class BoundaryRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var attribute : spot.nodes("attribute")) {
      crossing(spot, attribute, found);
    }
    for (var call : spot.calls()) {
      if (call.callee().matches("(_C|ops|_custom_ops|torch\\.ops\\.\\w+)\\.\\w+")) {
        found.add(
            Finding.of(
                BOUNDARY,
                0.5,
                "%s goes through the binding of a C++ operator, by its name; the line %s"
                    .formatted(quote(call.node()), spot.rate())));
      }
      if (call.name()
          .matches("_?(convert_)?(list|lists|seq)_?to_?\\w*|_?convert_list\\w*|to_device_array")) {
        found.add(
            Finding.of(
                BOUNDARY,
                0.7,
                "%s converts a Python list element by element, by its name; it %s"
                    .formatted(quote(call.node()), spot.rate())));
      }
    }
    return found;
  }

  private static void crossing(Spot spot, Node attribute, List<Finding> found) {
    var bound = spot.target().bound();
    var member = attribute.child("attribute").map(Node::text).orElse("");
    var receiver = attribute.child("object").filter(o -> !spot.isPythons(o, member));
    boolean object = receiver.filter(o -> bound.isObject(lastName(o))).isPresent();
    boolean request =
        receiver.filter(o -> bound.isReceiver(lastName(o)) || isSelf(spot, o, member)).isPresent();
    if (object || (request && bound.crosses(member))) {
      boolean copies = bound.isCopying(member);
      found.add(
          Finding.of(
              BOUNDARY,
              spot.isInLoop(attribute) ? 0.72 : 0.6,
              "%s crosses into bound C++%s, by the target's map; the line %s"
                  .formatted(
                      quote(attribute), copies ? " and copies a container" : "", spot.rate())));
    }
  }

  /// `self` and `super()` in a class on top of a bound one, where the class itself does not define
  /// the member.
  private static boolean isSelf(Spot spot, Node object, String member) {
    boolean inherited = object.text().equals("super()");
    return (object.text().equals("self") || inherited)
        && spot.function()
            .owner()
            .filter(
                c ->
                    spot.target().bound().isClass(c.name())
                        || c.bases().stream().anyMatch(spot.target().bound()::isClass))
            .filter(c -> inherited || (c.method(member).isEmpty() && c.property(member).isEmpty()))
            .isPresent();
  }

  private static String lastName(Node node) {
    var text = node.text();
    return text.substring(text.lastIndexOf('.') + 1);
  }
}
