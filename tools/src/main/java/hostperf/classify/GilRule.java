package hostperf.classify;

import static hostperf.classify.HotspotType.GIL;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// GIL: a thread keeps others from running: it spins, polls, or waits for a lock.
final class GilRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    var spin =
        spot.statement().is("while_statement") ? Optional.of(spot.statement()) : polling(spot);
    spin.filter(GilRule::doesNothing)
        .ifPresent(
            w ->
                found.add(
                    Finding.of(
                        GIL, 0.92, "%s spins without waiting for anything".formatted(quote(w)))));
    polling(spot)
        .filter(w -> !spot.statement().is("with_statement") && GilRule.polls(w))
        .ifPresent(
            w ->
                found.add(
                    Finding.of(
                        GIL, 0.72, "It polls in the endless loop at line %d".formatted(w.line()))));
    spot.calls().forEach(c -> lock(spot, c, found));
    blocking(spot, found);
    spot.calls().stream()
        .filter(
            c ->
                c.isNamed("result")
                    && c.receiver()
                        .filter(r -> r.text().matches("(?i)[\\w.]*fut(ure)?s?(\\[.*])?"))
                        .isPresent())
        .forEach(
            c ->
                found.add(
                    Finding.of(
                        GIL,
                        0.5,
                        quote(c.node()) + " waits for work of another thread, by its name")));
    guarded(spot, found);
    spot.calls().stream()
        .filter(
            c ->
                c.resolved().matches("time\\.sleep|asyncio\\.sleep")
                    || c.isNamed(
                        "submit",
                        "call_soon_threadsafe",
                        "run_in_executor",
                        "run_coroutine_threadsafe"))
        .forEach(
            c ->
                found.add(
                    Finding.of(
                        GIL,
                        0.6,
                        quote(c.node())
                            + " passes control to another thread or task"
                            + (c.resolved().matches("(time|asyncio)\\..*")
                                ? ""
                                : ", by its name"))));
    return found;
  }

  /// A call that an `async` function makes without `await`: until it returns, no other task runs.
  private static void blocking(Spot spot, List<Finding> found) {
    OpaqueCallRule.of(spot)
        .filter(_ -> spot.function().isAsync() && spot.standsOut())
        .filter(
            c -> c.node().ancestors().takeWhile(n -> !n.is("block")).noneMatch(n -> n.is("await")))
        .ifPresent(
            c ->
                found.add(
                    Finding.of(
                        GIL,
                        0.47,
                        "%s is not awaited: the event loop waits for it, %.1f µs a hit"
                            .formatted(quote(c.node()), spot.microsPerHit()))));
  }

  /// `with self.lock:`.
  private static void guarded(Spot spot, List<Finding> found) {
    spot.nodes("with_item").stream()
        .filter(i -> i.text().matches("(?i)[\\w.]*(lock|mutex|condition)\\w*"))
        .forEach(
            i ->
                found.add(
                    Finding.of(
                        GIL, 0.6, quote(i) + " takes a lock, by its name; it " + spot.rate())));
  }

  private static Optional<Node> polling(Spot spot) {
    return spot.statement()
        .ancestor("while_statement", "for_statement", "function_definition")
        .filter(n -> n.is("while_statement"));
  }

  private static boolean doesNothing(Node loop) {
    var body = loop.child("body").map(Node::items).orElse(List.of());
    return !body.isEmpty()
        && body.stream().allMatch(s -> s.is("pass_statement", "continue_statement"));
  }

  /// An endless loop that yields, sleeps or fences memory is waiting for someone else.
  private static boolean polls(Node loop) {
    boolean endless = loop.child("condition").filter(c -> c.is("true", "integer")).isPresent();
    return endless
        && loop.find("await").findAny().isEmpty()
        && PythonFunction.calls(loop).stream()
            .anyMatch(
                c ->
                    c.name()
                        .matches("sched_yield|sleep|memory_fence|fence|yield_|_?spin\\w*|pause"));
  }

  private static void lock(Spot spot, Call call, List<Finding> found) {
    if (call.isNamed("acquire", "release") && call.receiver().isPresent()) {
      found.add(
          Finding.of(
              GIL,
              0.55,
              "%s takes or gives back a lock, by its name; it %s"
                  .formatted(quote(call.node()), spot.rate())));
    }
  }
}
