package hostperf.behaviour;

import hostperf.behaviour.Recording.Call;
import hostperf.behaviour.Structure.Entry;
import hostperf.behaviour.Structure.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares the calls of a function whose order is left to chance, such as to threads: a call with
/// the one that had the same arguments.
///
/// Which arguments count, all or all but `self`, is what two launches of the base bear out: where
/// the same arguments gave different results there, they say nothing.
final class ByArguments {
  /// Fewer calls with the same arguments bear nothing out.
  private static final int LEAST = 3;

  private final Recording base;
  private final Recording again;
  private final Recording candidate;
  private final Set<String> ignored;
  private final Set<String> attributes;

  ByArguments(Recording base, Recording again, Recording candidate, Varying varying) {
    this.base = base;
    this.again = again;
    this.candidate = candidate;
    this.ignored = varying.keys();
    this.attributes = Varying.attributes(ignored);
  }

  /// @param calls how many were compared; 0 where no rule holds
  record Compared(long calls, Optional<Difference> first) {}

  private record Made(String process, Prints prints, Recording.Sequence sequence, Call call) {}

  Compared compare(String function) {
    for (boolean withSelf : new boolean[] {true, false}) {
      var before = made(base, function, withSelf);
      var twice = made(again, function, withSelf);
      if (bearsOut(before, twice, withSelf)) {
        return compare(before, twice, made(candidate, function, withSelf), withSelf);
      }
    }
    return new Compared(0, Optional.empty());
  }

  private boolean bearsOut(Map<Long, Made> one, Map<Long, Made> other, boolean withSelf) {
    long common = one.keySet().stream().filter(other::containsKey).count();
    return common >= LEAST
        && one.entrySet().stream()
            .allMatch(
                e ->
                    Optional.ofNullable(other.get(e.getKey()))
                        .flatMap(o -> difference(e.getValue(), o, withSelf))
                        .isEmpty());
  }

  private Compared compare(
      Map<Long, Made> before, Map<Long, Made> twice, Map<Long, Made> now, boolean withSelf) {
    long calls = 0;
    Optional<Difference> first = Optional.empty();
    for (var entry : now.entrySet()) {
      Made was = before.getOrDefault(entry.getKey(), twice.get(entry.getKey()));
      if (was == null) {
        continue;
      }
      calls++;
      var difference = difference(was, entry.getValue(), withSelf);
      if (difference.isPresent()
          && first.filter(f -> f.order() <= difference.get().order()).isEmpty()) {
        first = difference;
      }
    }
    return new Compared(calls, first);
  }

  private Optional<Difference> difference(Made was, Made is, boolean withSelf) {
    var what = was.call().raised() || is.call().raised() ? "exception" : "result";
    var places = descent(was, is, what).compare(was.call().result(), is.call().result()).places();
    if (places.isEmpty() && withSelf) {
      what = "argument after the call";
      places = descent(was, is, what).compare(was.call().after(), is.call().after()).places();
    }
    if (places.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Difference(
            was.process(),
            was.sequence(),
            was.call().number(),
            was.call().end(),
            what,
            places.getFirst()));
  }

  private Descent descent(Made was, Made is, String what) {
    var root = was.sequence().function() + " " + what;
    return new Descent(was.prints(), is.prints(), ignored, root);
  }

  /// The first call with each set of arguments.
  private Map<Long, Made> made(Recording recording, String function, boolean withSelf) {
    Map<Long, Made> made = new HashMap<>();
    recording
        .processes()
        .forEach(
            (name, process) -> {
              var prints = new Prints(process.structures(), attributes);
              process.calls().entrySet().stream()
                  .filter(e -> e.getKey().function().equals(function))
                  .forEach(
                      e ->
                          e.getValue().stream()
                              .filter(Call::isWhole)
                              .forEach(
                                  call ->
                                      made.putIfAbsent(
                                          given(prints, call.given(), withSelf),
                                          new Made(name, prints, e.getKey(), call))));
            });
    return made;
  }

  private static long given(Prints prints, int given, boolean withSelf) {
    if (withSelf || !(prints.structures().at(given) instanceof Instance arguments)) {
      return prints.without(given);
    }
    List<Entry> rest = arguments.parts().stream().filter(e -> !e.label().equals("self")).toList();
    long print = rest.size();
    for (Entry e : rest) {
      print = print * 31 + prints.without(e.part()) * 17 + e.label().hashCode();
    }
    return print;
  }
}
