package hostperf.classify.facts;

import hostperf.fact.CallFact;
import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What repeats in the calls that the facts pass counted: arguments and results that came before.
final class RepeatFacts {
  /// Fewer repeats than this part of the calls are not worth keeping a value for.
  private static final double OFTEN = 0.2;

  /// A call runs these without writing their names.
  private static final Set<String> UNWRITTEN = Set.of("__init__", "__call__", "forward");

  private final List<CallFact> counted;
  private final Sources sources;
  private final Callees callees;
  private final Set<String> countedNames;

  RepeatFacts(List<CallFact> counted, Sources sources, Callees callees) {
    this.counted = counted;
    this.sources = sources;
    this.callees = callees;
    this.countedNames =
        counted.stream()
            .map(f -> f.place().function())
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.toSet());
  }

  /// Of what the statement calls.
  void called(Spot spot, FactList facts) {
    spot.calls().stream()
        .filter(this::mayBeCounted)
        .flatMap(c -> callees.callees(c, spot.function()).stream())
        .distinct()
        .filter(f -> !CallEffects.areSeen(callees, f))
        .forEach(
            f -> counted(f).ifPresent(c -> repeats(c, "`%s`".formatted(f.qualifiedName()), facts)));
  }

  /// Which function a call runs is costly to find out. A plain name can stand for one of another
  /// name.
  private boolean mayBeCounted(Call call) {
    return !countedNames.isEmpty()
        && (call.receiver().isEmpty()
            || countedNames.contains(call.name())
            || !Collections.disjoint(countedNames, UNWRITTEN));
  }

  /// Of the statement's own function.
  void function(Spot spot, FactList facts) {
    var function = spot.function();
    counted(function)
        .filter(_ -> !CallEffects.areSeen(callees, function))
        .ifPresent(
            f -> {
              var repeated = new FactList();
              repeats(f, "`%s`".formatted(function.qualifiedName()), repeated);
              repeated.all().forEach(r -> facts.measured(Known.FUNCTION_REPEATS, "%s", r.text()));
              facts.asksLast(repeated.questions());
            });
  }

  /// What the facts pass saw of a function's calls.
  private Optional<CallFact> counted(PythonFunction function) {
    return counted.stream()
        .filter(
            f -> function.covers(f.place().line()) && sources.isFileOf(f.place().file(), function))
        .filter(
            f ->
                function.file().functionAt(f.place().line()).stream()
                    .anyMatch(inner -> inner.node() == function.node()))
        .findFirst();
  }

  private static void repeats(CallFact fact, String name, FactList facts) {
    if (fact.isConstant()) {
      facts.asks(
          Known.SAME_RESULT,
          "%s gave the same result in all %s".formatted(name, compared(fact)),
          "In which case does %s give another result, and is that known before it is called?"
              .formatted(name));
    }
    if (fact.againInStep() > 0 && fact.againInStep() >= OFTEN * fact.compared()) {
      facts.asks(
          Known.REPEATS_IN_STEP,
          "%s had the arguments and the result of an earlier call of the same step in %,d of %s"
              .formatted(name, fact.againInStep(), compared(fact)),
          "Who could keep what %s gives for the step, and what would make it stale?"
              .formatted(name));
    } else if (fact.againInRun() * 2 > fact.compared()
        && fact.compared() > 1
        && !fact.isConstant()) {
      facts.asks(
          Known.REPEATS_IN_RUN,
          "%s had the arguments and the result of an earlier call in %,d of %s"
              .formatted(name, fact.againInRun(), compared(fact)),
          "What has to change before %s gives something else, and can a caller see that?"
              .formatted(name));
    }
    if (fact.unused() * 2 > fact.calls()) {
      facts.asks(
          Known.RESULT_UNUSED,
          "The callers discarded the result of %s in %,d of %,d calls that were looked at"
              .formatted(name, fact.unused(), fact.calls()),
          "Is %s called for anything but its result?".formatted(name));
    }
  }

  private static String compared(CallFact fact) {
    return fact.compared() == fact.calls()
        ? "%,d calls that were looked at".formatted(fact.calls())
        : "%,d calls that could be compared, of %,d that were looked at"
            .formatted(fact.compared(), fact.calls());
  }
}
