package hostperf.classify.facts;

import hostperf.source.Sources;
import hostperf.source.Statements;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.FunctionShare;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a statement's function and what it calls cost by samples, over all callers.
///
/// @param shares within the steps; absent without enough samples
record CostFacts(Sources sources, Optional<Shares> shares) {
  /// What takes less is not worth a sentence.
  private static final double WORTH_SAYING = 0.005;

  private static final int MOST_CALLERS = 3;
  private static final int MOST_CALLEES = 2;

  /// What the statement calls.
  void called(Spot spot, FactList facts) {
    var lines = Statements.header(spot.statement());
    var byCallee = new LinkedHashMap<String, CallShare>();
    shares.stream()
        .flatMap(s -> s.calls().stream())
        .filter(
            c ->
                lines.covers(c.from().line()) && sources.isFileOf(c.from().file(), spot.function()))
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
  ///
  /// @param often how often the steps call it, a clause; nothing where that is not known
  void function(Spot spot, String often, FactList facts) {
    var function = spot.function();
    shares.stream()
        .flatMap(s -> s.functions().stream())
        .filter(
            f ->
                f.function().equals(function.qualifiedName())
                    && sources.isFileOf(f.file(), function))
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
                    often,
                    callers.stream()
                        .limit(named)
                        .map(CostFacts::from)
                        .collect(Collectors.joining(", ")),
                    callers.size() > named
                        ? " and %d lines more".formatted(callers.size() - named)
                        : "");
              }
            });
  }

  private static String from(CallShare call) {
    return "`%s` line %d (%s)"
        .formatted(call.from().function(), call.from().line(), percent(call.total()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
