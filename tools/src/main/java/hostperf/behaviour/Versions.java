package hostperf.behaviour;

import hostperf.behaviour.Behaviour.LeftOut;
import hostperf.behaviour.Behaviour.Result;
import hostperf.behaviour.Recording.OfProcess;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares what two versions of a program did.
final class Versions {
  /// So few calls with the same outcome do not speak for the rest.
  private static final int FEW = 10;

  private final List<String> functions;
  private final Set<String> declared;
  private final Set<String> leftOut;
  private final Recording base;
  private final Recording candidate;

  /// @param declared attributes that do not matter, as `Class.attribute`
  /// @param varied attributes that differed between launches of the same code before
  Versions(
      List<String> functions,
      Set<String> declared,
      Set<String> varied,
      Recording base,
      Recording candidate) {
    this.functions = functions;
    this.declared = Set.copyOf(declared);
    this.leftOut =
        Stream.concat(declared.stream(), varied.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    this.base = base;
    this.candidate = candidate;
  }

  /// @param again another launch of the base, to tell what varies by itself; taken only where the
  ///     versions differ, and absent where it could not be had
  Behaviour compare(Supplier<Optional<Recording>> again) {
    var remarks = remarks();
    var first = new InOrder(base, candidate, Varying.declared(leftOut));
    if (first.calls() == 0 && first.differences().isEmpty()) {
      remarks.addFirst("No call of these functions was recorded in both versions.");
      return new Behaviour(
          Result.NOT_COMPARED, ran(), 0, of(), Optional.empty(), List.of(), remarks);
    }
    if (first.differences().isEmpty()) {
      return answer(first, Varying.declared(leftOut), 0, Optional.empty(), Set.of(), remarks);
    }
    var twice = again.get();
    if (twice.isEmpty()) {
      remarks.addFirst(
          "The base could not be launched again, so what varies by itself is not known.");
      return new Behaviour(
          Result.NOT_COMPARED, ran(), 0, of(), Optional.empty(), List.of(), remarks);
    }
    return compare(twice.get(), remarks);
  }

  private Behaviour compare(Recording again, List<String> remarks) {
    var varying = Varying.between(base, again, leftOut);
    var ordered = new InOrder(base, candidate, varying);
    Optional<Difference> first = ordered.differences().stream().findFirst();
    long calls = 0;
    var silent = new TreeSet<String>();
    for (String function : varying.functions()) {
      var compared = new ByArguments(base, again, candidate, varying).compare(function);
      calls += compared.calls();
      if (compared.calls() == 0) {
        silent.add(function);
      }
      if (compared.first().isPresent()
          && first.filter(f -> f.order() <= compared.first().get().order()).isEmpty()) {
        first = compared.first();
      }
    }
    return answer(ordered, varying, calls, first, silent, remarks);
  }

  private Behaviour answer(
      InOrder ordered,
      Varying varying,
      long byArguments,
      Optional<Difference> first,
      Set<String> silent,
      List<String> remarks) {
    var leftOut = new ArrayList<LeftOut>();
    varying
        .keys()
        .forEach(
            key ->
                leftOut.add(
                    new LeftOut(
                        key, declared.contains(key) ? LeftOut.Why.DECLARED : LeftOut.Why.VARIES)));
    ordered
        .representation()
        .forEach(key -> leftOut.add(new LeftOut(key, LeftOut.Why.KEPT_DIFFERENTLY)));
    silent.forEach(key -> leftOut.add(new LeftOut(key, LeftOut.Why.NEVER_RECURS)));
    long calls = ordered.calls() + byArguments;
    boolean isFew = calls < Math.min(FEW, of());
    if (first.isEmpty() && isFew) {
      remarks.addFirst(
          "only %,d of %,d calls had arguments that recur from launch to launch."
              .formatted(calls, of()));
    }
    var result = first.isPresent() ? Result.DIFFERENT : isFew ? Result.NOT_COMPARED : Result.SAME;
    return new Behaviour(
        result, ran(), calls, of(), first.map(Difference::shown), leftOut, remarks);
  }

  /// The functions that were called.
  private List<String> ran() {
    var called = new LinkedHashSet<String>();
    for (Recording recording : List.of(base, candidate)) {
      recording.processes().values().stream()
          .flatMap(p -> p.counts().keySet().stream())
          .map(Recording.Sequence::function)
          .forEach(called::add);
    }
    return functions.stream().filter(called::contains).toList();
  }

  private long of() {
    return candidate.processes().values().stream()
        .flatMap(p -> p.counts().values().stream())
        .mapToLong(n -> n)
        .sum();
  }

  private List<String> remarks() {
    var remarks = new LinkedHashSet<String>();
    for (OfProcess process : candidate.processes().values()) {
      if (!process.stopped().isEmpty()) {
        remarks.add("Recording stopped early: " + process.stopped() + ".");
      }
      if (process.unread() > 0) {
        remarks.add(
            "%,d tensors on a device were too large to copy; they were compared by shape and type."
                .formatted(process.unread()));
      }
      process.remarks().forEach(r -> remarks.add(r + "; its calls were not recorded."));
    }
    base.processes().keySet().stream()
        .filter(name -> !candidate.processes().containsKey(name))
        .forEach(
            name -> remarks.add("Process `%s` of the base has no counterpart.".formatted(name)));
    var ran = ran();
    var silent =
        functions.stream()
            .filter(f -> !ran.contains(f))
            .filter(f -> remarks.stream().noneMatch(r -> r.startsWith(f)))
            .toList();
    if (!silent.isEmpty()) {
      remarks.add(
          "Not called from outside of the changed functions: %s."
              .formatted(String.join(", ", silent)));
    }
    return new ArrayList<>(remarks);
  }
}
