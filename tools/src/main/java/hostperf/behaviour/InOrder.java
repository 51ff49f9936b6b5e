package hostperf.behaviour;

import hostperf.behaviour.Recording.Call;
import hostperf.behaviour.Recording.OfProcess;
import hostperf.behaviour.Recording.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares two recordings call by call: the n-th call of a function in a thread with the n-th. In
/// which order different threads ran does not matter.
final class InOrder {
  private final Varying varying;
  private final List<Difference> found = new ArrayList<>();
  private final Set<String> representation = new TreeSet<>();
  private long calls;

  InOrder(Recording base, Recording candidate, Varying varying) {
    this.varying = varying;
    base.processes()
        .forEach(
            (name, process) -> {
              OfProcess other = candidate.processes().get(name);
              if (other != null) {
                compare(name, process, other);
              }
            });
    found.sort(Comparator.comparingLong(Difference::order));
  }

  /// In the order in which they came about.
  List<Difference> differences() {
    return List.copyOf(found);
  }

  Set<String> representation() {
    return representation;
  }

  /// How many were compared.
  long calls() {
    return calls;
  }

  private void compare(String name, OfProcess one, OfProcess other) {
    var attributes = Varying.attributes(varying.keys());
    var left = new Prints(one.structures(), attributes);
    var right = new Prints(other.structures(), attributes);
    var sequences = new HashSet<>(one.counts().keySet());
    sequences.addAll(other.counts().keySet());
    for (Sequence sequence : sequences) {
      boolean isComparable =
          one.functions().contains(sequence.function())
              && other.functions().contains(sequence.function())
              && !varying.functions().contains(sequence.function());
      if (isComparable) {
        compare(name, sequence, one, other, left, right);
      }
    }
  }

  private void compare(
      String name, Sequence sequence, OfProcess one, OfProcess other, Prints left, Prints right) {
    Map<Integer, Call> theirs = new HashMap<>();
    other.calls().getOrDefault(sequence, List.of()).forEach(c -> theirs.put(c.number(), c));
    for (Call call : one.calls().getOrDefault(sequence, List.of())) {
      Call with = theirs.get(call.number());
      if (with != null) {
        calls++;
        compare(name, sequence, call, with, left, right);
      }
    }
    long was = one.counts().getOrDefault(sequence, 0L);
    long is = other.counts().getOrDefault(sequence, 0L);
    if (was != is) {
      var place = new Descent.Place("", "calls", times(was), times(is), false, false);
      // It follows from something before it, if anything is seen of that.
      found.add(new Difference(name, sequence, Math.min(was, is), Long.MAX_VALUE, "calls", place));
    }
  }

  private static String times(long count) {
    return "called %,d times".formatted(count);
  }

  private void compare(
      String name, Sequence sequence, Call one, Call other, Prints left, Prints right) {
    if (one.isWhole() && other.isWhole()) {
      add(name, sequence, one, one.at(), "argument", left, one.given(), right, other.given());
      add(
          name,
          sequence,
          one,
          one.end(),
          "argument after the call",
          left,
          one.after(),
          right,
          other.after());
    }
    if (one.raised() == other.raised()) {
      String what = one.raised() ? "exception" : "result";
      add(name, sequence, one, one.end(), what, left, one.result(), right, other.result());
    } else {
      var key = sequence.function() + " exception";
      var place =
          new Descent.Place(
              "",
              key,
              ended(one.raised(), left.structures().text(one.result())),
              ended(other.raised(), right.structures().text(other.result())),
              false,
              false);
      if (!varying.keys().contains(key)) {
        found.add(new Difference(name, sequence, one.number(), one.end(), "exception", place));
      }
    }
  }

  private static String ended(boolean raised, String value) {
    return (raised ? "raises " : "returns ") + value;
  }

  private void add(
      String name,
      Sequence sequence,
      Call call,
      long order,
      String what,
      Prints left,
      int a,
      Prints right,
      int b) {
    var root = sequence.function() + " " + what;
    var descent = new Descent(left, right, varying.keys(), root).compare(a, b);
    representation.addAll(descent.representation());
    for (Descent.Place place : descent.places()) {
      found.add(new Difference(name, sequence, call.number(), order, what, place));
    }
  }
}
