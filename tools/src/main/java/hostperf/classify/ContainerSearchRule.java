package hostperf.classify;

import static hostperf.classify.HotspotType.CONTAINER;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;

/// CONTAINER by searching: a list, or the values of a dictionary, are gone through for what a set
/// or a dictionary would look up.
final class ContainerSearchRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    spot.calls().forEach(c -> call(spot, c, found));
    for (var comparison : spot.nodes("comparison_operator")) {
      if (Membership.inList(spot, comparison)) {
        add(
            found,
            spot.isInLoop(comparison) ? 0.76 : 0.62,
            quote(comparison)
                + " searches from the head, where a set would look up"
                + RedundantIterRule.ifList(spot, Membership.container(comparison)));
      }
      listedAnew(spot, comparison, found);
    }
    searchedByValue(spot, found);
    typeScan(spot, found);
    return found;
  }

  private static void call(Spot spot, Call call, List<Finding> found) {
    if (call.isNamed("remove") && call.positional().size() == 1 && !isSet(spot, call)) {
      add(
          found,
          0.66,
          quote(call.node())
              + " searches and moves the rest up"
              + RedundantIterRule.ifList(spot, call.receiver().orElse(call.node())));
    } else if (call.isNamed("index") && spot.isInLoop(call.node())) {
      add(
          found,
          0.72,
          quote(call.node())
              + " searches on each turn, where a dictionary would look up"
              + RedundantIterRule.ifList(spot, call.receiver().orElse(call.node())));
    }
  }

  /// `self.used: set[int]`: taking one out is a lookup.
  private static boolean isSet(Spot spot, Call call) {
    return call.receiver()
        .filter(r -> r.text().startsWith("self."))
        .flatMap(r -> spot.function().owner().flatMap(c -> c.attribute(r.text().substring(5))))
        .filter(
            a ->
                a.annotation()
                        .filter(t -> t.matches("(?i)(typing\\.)?(frozen)?set\\b.*"))
                        .isPresent()
                    || a.value()
                        .filter(v -> v.is("set") || v.text().matches("(?s)set\\(.*"))
                        .isPresent())
        .isPresent();
  }

  /// `status in [Status.DONE, Status.STOPPED]`: unlike constants, attributes make a new list each
  /// time, which is then searched.
  private static void listedAnew(Spot spot, Node comparison, List<Finding> found) {
    if (Membership.is(comparison)) {
      var list = Membership.container(comparison);
      // Nobody searches a tensor with `in`: a name that speaks of one is overruled.
      if (ContainerRule.isSlice(list)
          && (spot.origin(list).byName() || !spot.device(list).isArray())) {
        add(found, 0.7, quote(list) + " is copied to be searched once, if it is a list");
      }
      boolean attributes =
          list.is("list", "tuple", "set")
              && list.items().size() > 1
              && list.items().stream().anyMatch(i -> i.is("attribute"));
      if (attributes) {
        add(found, 0.62, "%s is made anew and searched; it %s".formatted(quote(list), spot.rate()));
      }
    }
  }

  /// `for key, value in children.items(): if value == node:`: a dictionary is gone through for what
  /// a key, or a second dictionary, would find at once.
  private static void searchedByValue(Spot spot, List<Finding> found) {
    spot.headed()
        .or(() -> spot.loops().stream().findFirst())
        .filter(l -> Call.of(l.iterable()).filter(c -> c.isNamed("items", "values")).isPresent())
        .filter(
            l ->
                l.body().stream()
                    .flatMap(b -> b.items().stream())
                    .filter(s -> s.is("if_statement"))
                    .flatMap(s -> s.child("condition").stream())
                    .anyMatch(c -> comparesOneOf(c, l)))
        .ifPresent(
            l ->
                add(
                    found,
                    0.74,
                    "%s is gone through at line %d, and each entry compared"
                        .formatted(quote(l.iterable()), l.node().line())));
  }

  private static boolean comparesOneOf(Node condition, Loop loop) {
    return condition.is("comparison_operator")
        && condition.all("operators").stream().anyMatch(o -> o.text().equals("=="))
        && condition.items().stream().anyMatch(i -> loop.names().contains(i.text()));
  }

  /// `for kind, run in table: if isinstance(x, kind)`: a dictionary by type would look up.
  private static void typeScan(Spot spot, List<Finding> found) {
    boolean loop = spot.statement().is("for_statement") || !spot.loops().isEmpty();
    var tests =
        spot.statement().is("for_statement")
            ? PythonFunction.calls(spot.statement().child("body").orElse(spot.statement()))
            : spot.calls();
    boolean scans =
        loop
            && tests.stream()
                .filter(c -> c.callee().equals("isinstance"))
                .flatMap(c -> c.argument(1).stream())
                .anyMatch(
                    kind ->
                        spot.loops(kind).stream().anyMatch(l -> l.names().contains(kind.text())));
    if (scans) {
      add(found, 0.8, "The loop tries one type after the other where a dictionary would look up");
    }
  }

  private static void add(List<Finding> found, double confidence, String evidence) {
    found.add(Finding.of(CONTAINER, confidence, evidence));
  }
}
