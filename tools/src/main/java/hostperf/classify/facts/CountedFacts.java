package hostperf.classify.facts;

import hostperf.fact.FactText;
import hostperf.profile.Observed;
import hostperf.source.Callees;
import hostperf.source.Loop;
import hostperf.source.Node;
import hostperf.source.Sources;
import hostperf.source.Statements;
import hostperf.stacks.Ranking;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was counted around a statement and does not stand in the source: how often it runs, what
/// its function and what it calls cost over all callers, and what repeats there.
public final class CountedFacts {
  /// Fewer tests say little of how a test goes.
  private static final long ENOUGH = 50;

  /// What a test lets through more often is no exception.
  private static final double SELDOM = 0.05;

  private final Observed observed;
  private final Sources sources;
  private final long steps;
  private final StepsAlone stepsAlone;
  private final CostFacts costs;
  private final RepeatFacts repeats;

  /// @param steps how often the root was called while hits were counted; 0 where that is not known
  public CountedFacts(Observed observed, Sources sources, Callees callees, long steps) {
    this.observed = observed;
    this.sources = sources;
    this.steps = steps;
    var shares = observed.ranking().filter(Ranking::hasEnough).map(Ranking::own);
    this.stepsAlone = new StepsAlone(observed, sources, shares);
    this.costs = new CostFacts(sources, shares);
    this.repeats = new RepeatFacts(observed.facts().calls(), sources, callees);
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
    costs.called(spot, facts);
    repeats.called(spot, facts);
    costs.function(spot, often(spot), facts);
    repeats.function(spot, facts);
  }

  private void stay(Spot spot, FactList facts) {
    var lines = Statements.header(spot.statement());
    observed.ranking().stream()
        .flatMap(
            r ->
                r
                    .stays(sources, spot.function().file().path(), lines.first(), lines.last())
                    .stream())
        .findFirst()
        .ifPresent(
            s ->
                facts.measured(
                    Known.STAYED,
                    "%.0f ms of its samples are in a row, %.1f%% of the root's time: one call took that long, or something held the process up there; it is ranked without them",
                    1e3 * s.seconds(),
                    100 * s.share()));
  }

  private void frequency(Spot spot, FactList facts) {
    if (spot.hits() > 0) {
      long calls = spot.callsOfFunction();
      facts.measured(
          Known.RUNS,
          "It %s%s",
          isByStep(spot)
              ? hasSteps()
                  ? "runs %s a step%s"
                      .formatted(times(spot.hits(), steps), onAverage(spot.hits(), steps))
                  : "ran " + times(spot.hits(), 1)
              : "ran " + times(spot.hits(), 1) + elsewhere(),
          calls == 0 || calls == steps
              ? ""
              : spot.hits() < calls
                  ? ", in %,d calls of `%s`".formatted(calls, spot.function().name())
                  : ", %s per call of `%s`"
                      .formatted(times(spot.hits(), calls), spot.function().name()));
    }
  }

  /// How often the steps call the function; nothing where that is not known.
  private String often(Spot spot) {
    return !isByStep(spot) || spot.callsOfFunction() == 0
        ? ""
        : hasSteps()
            ? ", called %s a step%s"
                .formatted(
                    times(spot.callsOfFunction(), steps), onAverage(spot.callsOfFunction(), steps))
            : ", called " + times(spot.callsOfFunction(), 1);
  }

  /// What is called once is no step.
  private boolean hasSteps() {
    return steps > 1;
  }

  private boolean isByStep(Spot spot) {
    long calls =
        spot.callsOfFunction() == 0 && spot.loops().isEmpty()
            ? spot.hits()
            : spot.callsOfFunction();
    return steps > 0 && stepsAlone.holds(spot.function(), calls);
  }

  private String elsewhere() {
    return hasSteps()
        ? " in all, within the steps and outside them"
        : steps > 0 ? " in all, within the root and outside it" : "";
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
            f ->
                f.place().line() == loop.node().line()
                    && sources.isFileOf(f.place().file(), spot.function()))
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
                  hasSteps() && all >= 2 * steps ? times(all, steps) + " a step" : "each time"));
    }
  }
}
