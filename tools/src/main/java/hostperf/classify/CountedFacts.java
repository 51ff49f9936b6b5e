package hostperf.classify;

import hostperf.fact.CallFact;
import hostperf.fact.FactText;
import hostperf.profile.Observed;
import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.Loop;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.source.Statements;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.FunctionShare;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was counted around a statement and does not stand in the source: how often it runs, what
/// its function and what it calls cost over all callers, and what repeats there.
final class CountedFacts {
  /// What takes less is not worth a sentence.
  private static final double WORTH_SAYING = 0.005;

  private static final int MOST_CALLERS = 3;
  private static final int MOST_CALLEES = 2;

  /// Fewer repeats than this part of the calls are not worth keeping a value for.
  private static final double OFTEN = 0.2;

  /// Fewer tests say little of how a test goes.
  private static final long ENOUGH = 50;

  /// What a test lets through more often is no exception.
  private static final double SELDOM = 0.05;

  /// A call runs these without writing their names.
  private static final Set<String> UNWRITTEN = Set.of("__init__", "__call__", "forward");

  private final Observed observed;
  private final Sources sources;
  private final Callees callees;
  private final long steps;
  private final Optional<Shares> shares;
  private final StepsAlone stepsAlone;
  private final Set<String> countedNames;
  private final Map<String, String> paths = new HashMap<>();

  /// @param steps how often the root was called while hits were counted; 0 where that is not known
  CountedFacts(Observed observed, Sources sources, Callees callees, long steps) {
    this.observed = observed;
    this.sources = sources;
    this.steps = steps;
    this.callees = callees;
    this.shares = observed.ranking().filter(Ranking::hasEnough).map(Ranking::own);
    this.stepsAlone = new StepsAlone(observed, sources, shares);
    this.countedNames =
        observed.facts().calls().stream()
            .map(f -> f.place().function())
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.toSet());
  }

  /// Whether the facts pass looked at what lines do.
  boolean looked() {
    return observed.facts().counted().closely().count() > 0
        && !observed.facts().without().containsKey("tensor operations");
  }

  void add(Spot spot, FactList facts) {
    stay(spot, facts);
    frequency(spot, facts);
    turns(spot, facts);
    test(spot, facts);
    called(spot, facts);
    function(spot, facts);
  }

  private void stay(Spot spot, FactList facts) {
    var lines = Statements.header(spot.statement());
    observed.ranking().stream()
        .flatMap(r -> r.stays().stream())
        .filter(s -> lines.covers(s.at().line()) && isIn(s.at().file(), spot.function()))
        .findFirst()
        .ifPresent(
            s ->
                facts.measured(
                    Known.STAYED,
                    "%.0f ms of its samples are in a row, %s of the root's time: one call took that long, or something held the process up there; it is ranked without them",
                    1e3 * s.seconds(),
                    percent(s.share())));
  }

  private void frequency(Spot spot, FactList facts) {
    if (spot.hits() > 0) {
      long calls = spot.callsOfFunction();
      facts.measured(
          Known.RUNS,
          "It %s%s",
          isByStep(spot)
              ? "runs %s a step%s"
                  .formatted(times(spot.hits(), steps), onAverage(spot.hits(), steps))
              : "ran " + times(spot.hits(), 1) + elsewhere(),
          calls == 0 || calls == steps
              ? ""
              : spot.hits() < calls
                  ? ", in %,d calls of `%s`".formatted(calls, spot.function().name())
                  : ", %s per call of `%s`"
                      .formatted(times(spot.hits(), calls), spot.function().name()));
    }
  }

  private boolean isByStep(Spot spot) {
    long calls =
        spot.callsOfFunction() == 0 && spot.loops().isEmpty()
            ? spot.hits()
            : spot.callsOfFunction();
    return steps > 0 && stepsAlone.holds(spot.function(), calls);
  }

  private String elsewhere() {
    return steps > 0 ? " in all, within the steps and outside them" : "";
  }

  private static String onAverage(long count, long of) {
    return count % of == 0 ? "" : " on average";
  }

  private static String times(long count, long of) {
    double each = (double) count / of;
    return count == of
        ? "once"
        : count % of == 0
            ? "%,d times".formatted(count / of)
            : String.format(Locale.ROOT, each < 0.1 ? "%.3f times" : "%.1f times", each);
  }

  private void turns(Spot spot, FactList facts) {
    var loop = loop(spot);
    if (loop.isPresent()) {
      var at = loop.get().node();
      long turns = turns(spot, loop.get());
      long reached = reached(spot, at);
      if (reached > 0 && turns > 0) {
        facts.measured(
            Known.TURNS,
            "The loop%s at line %d turns %s each time it is reached",
            loop.get().isWhile() ? "" : " over " + Spot.quote(loop.get().iterable()),
            at.line(),
            times(turns, reached));
      }
      items(spot, loop.get(), facts);
    }
  }

  /// Whether the loop of the statement is known to be over one element.
  static boolean turnsOnce(Spot spot) {
    return loop(spot)
        .filter(l -> turns(spot, l) > 0 && turns(spot, l) <= reached(spot, l.node()))
        .isPresent();
  }

  private static Optional<Loop> loop(Spot spot) {
    return spot.headed()
        .or(() -> spot.loops().stream().filter(l -> !l.isComprehension()).findFirst());
  }

  private static long turns(Spot spot, Loop loop) {
    return first(loop.body()).map(spot::hitsOf).orElse(0L);
  }

  /// How often a loop was come to: as often as the plain statement before it ran, else, in the
  /// function's own block, as often as it was called; 0 where neither tells.
  private static long reached(Spot spot, Node loop) {
    var block = loop.parent().orElseThrow();
    return block.items().stream()
        .filter(s -> s.start() < loop.start() && s.is("expression_statement"))
        .filter(s -> spot.hitsOf(s) > 0)
        .reduce((_, later) -> later)
        .filter(
            s ->
                block.items().stream()
                    .filter(o -> o.start() > s.start() && o.start() < loop.start())
                    .noneMatch(
                        o ->
                            o.find("return_statement", "continue_statement", "break_statement")
                                .findAny()
                                .isPresent()))
        .map(spot::hitsOf)
        .orElseGet(
            () ->
                block.items().getFirst() == loop && block.equals(spot.function().body())
                    ? spot.callsOfFunction()
                    : 0L);
  }

  private static Optional<Node> first(List<Node> blocks) {
    return blocks.stream()
        .flatMap(b -> b.items().stream())
        .filter(s -> !s.is("comment"))
        .findFirst();
  }

  private void items(Spot spot, Loop loop, FactList facts) {
    observed.facts().loops().stream()
        .filter(
            f -> f.place().line() == loop.node().line() && isIn(f.place().file(), spot.function()))
        .flatMap(f -> FactText.of(f).stream())
        .findFirst()
        .ifPresent(
            text ->
                facts.asks(
                    Known.SAME_ITEMS,
                    "Line %d: %s".formatted(loop.node().line(), text),
                    "What changes %s, and could what the loop finds be kept until then?"
                        .formatted(Spot.quote(loop.iterable()))));
  }

  /// By the hits of the first statement below it, where that is sure to have some when it runs: a
  /// jump alone can be left out of the bytecode.
  private void test(Spot spot, FactList facts) {
    var condition =
        Optional.of(spot.statement())
            .filter(s -> s.is("if_statement", "elif_clause"))
            .flatMap(s -> s.child("condition"))
            .filter(
                c -> c.tree().noneMatch(n -> n.isComprehension() || n.is("generator_expression")));
    var below =
        spot.statement()
            .child("consequence")
            .flatMap(b -> first(List.of(b)))
            .filter(s -> s.is("expression_statement", "return_statement", "raise_statement"));
    if (condition.isEmpty() || below.isEmpty() || spot.hits() < ENOUGH) {
      return;
    }
    long all = spot.hits();
    long past = spot.hitsOf(below.get());
    if (past == 0 && !spot.neverRan(below.get())) {
      return;
    }
    if (past == all) {
      facts.measured(Known.ALWAYS_TRUE, "The test was true each of the %,d times", all);
    } else if (past <= SELDOM * all) {
      facts.asks(
          Known.SELDOM_TRUE,
          past == 0
              ? "The test was never true, %,d times".formatted(all)
              : "The test was true %,d of %,d times".formatted(past, all),
          "What makes %s true, and can that be known without testing it %s?"
              .formatted(
                  Spot.quote(condition.get()),
                  steps > 0 && all >= 2 * steps ? times(all, steps) + " a step" : "each time"));
    }
  }

  /// What the statement calls.
  private void called(Spot spot, FactList facts) {
    var lines = Statements.header(spot.statement());
    var byCallee = new LinkedHashMap<String, CallShare>();
    shares.stream()
        .flatMap(s -> s.calls().stream())
        .filter(c -> lines.covers(c.from().line()) && isIn(c.from().file(), spot.function()))
        .forEach(
            c ->
                byCallee.merge(
                    Ranking.key(c.function(), c.file()),
                    c,
                    (a, b) ->
                        new CallShare(a.from(), a.function(), a.file(), a.total() + b.total())));
    var costly =
        byCallee.values().stream()
            .filter(c -> c.total() >= WORTH_SAYING)
            .sorted(Comparator.comparingDouble(CallShare::total).reversed())
            .toList();
    if (!costly.isEmpty()) {
      int more = costly.size() - MOST_CALLEES;
      facts.measured(
          Known.CALLS,
          "It calls %s%s",
          costly.stream()
              .limit(MOST_CALLEES)
              .map(this::words)
              .collect(Collectors.joining(", and ")),
          more <= 0 ? "" : more == 1 ? ", and a third" : ", and %d others".formatted(more));
    }
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

  private String words(CallShare call) {
    long callers = callers(call.function(), call.file()).count();
    double all =
        shares
            .orElseThrow()
            .function(call.function(), call.file())
            .map(FunctionShare::total)
            .orElse(call.total());
    return "`%s` (%s%s)"
        .formatted(
            call.function(),
            percent(call.total()),
            callers < 2 || percent(all).equals(percent(call.total()))
                ? ""
                : " here, %s in all".formatted(percent(all)));
  }

  private Stream<CallShare> callers(String function, String file) {
    return shares.stream()
        .flatMap(s -> s.calls().stream())
        .filter(c -> c.function().equals(function) && c.file().equals(file));
  }

  /// What the statement's function costs, and from where.
  private void function(Spot spot, FactList facts) {
    var function = spot.function();
    shares.stream()
        .flatMap(s -> s.functions().stream())
        .filter(f -> f.function().equals(function.qualifiedName()) && isIn(f.file(), function))
        .filter(f -> f.total() >= WORTH_SAYING)
        .findFirst()
        .ifPresent(
            share -> {
              var callers = callers(share.function(), share.file()).toList();
              int named = callers.size() <= MOST_CALLERS + 1 ? callers.size() : MOST_CALLERS;
              if (!callers.isEmpty()) {
                facts.measured(
                    Known.FUNCTION_TAKES,
                    "`%s` takes %s with what it calls%s, from %s%s",
                    function.name(),
                    percent(share.total()),
                    isByStep(spot) && spot.callsOfFunction() > 0
                        ? ", called %s a step%s"
                            .formatted(
                                times(spot.callsOfFunction(), steps),
                                onAverage(spot.callsOfFunction(), steps))
                        : "",
                    callers.stream()
                        .limit(named)
                        .map(CountedFacts::from)
                        .collect(Collectors.joining(", ")),
                    callers.size() > named
                        ? " and %d lines more".formatted(callers.size() - named)
                        : "");
              }
            });
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

  private static String from(CallShare call) {
    return "`%s` line %d (%s)"
        .formatted(call.from().function(), call.from().line(), percent(call.total()));
  }

  /// What the facts pass saw of a function's calls.
  private Optional<CallFact> counted(PythonFunction function) {
    return observed.facts().calls().stream()
        .filter(f -> function.covers(f.place().line()) && isIn(f.place().file(), function))
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

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private boolean isIn(String file, PythonFunction function) {
    return paths
        .computeIfAbsent(file, f -> sources.file(f).map(PythonFile::path).orElse(f))
        .equals(function.file().path());
  }
}
