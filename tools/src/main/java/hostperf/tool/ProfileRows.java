package hostperf.tool;

import hostperf.agent.Profiled.CalleeRow;
import hostperf.agent.Profiled.CallerRow;
import hostperf.agent.Profiled.DifferenceRow;
import hostperf.agent.Profiled.OutsideRow;
import hostperf.agent.Profiled.PlaceRow;
import hostperf.agent.Profiled.RankFactRow;
import hostperf.agent.Profiled.RankRow;
import hostperf.agent.Profiled.RootRow;
import hostperf.agent.Profiled.ThreadRow;
import hostperf.fact.FactText;
import hostperf.fact.LineFact;
import hostperf.profile.Observed;
import hostperf.profile.SampledProcess;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.RankDifference;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.FunctionShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What stands around the functions, as rows of an answer.
final class ProfileRows {
  static final int MOST_CALLEES = 6;
  private static final int MOST_CALLERS = 3;
  static final int MOST_THREADS = 5;
  private static final int MOST_OF_RANK = 3;
  private static final int MOST_RANKS = 4;
  private static final int MOST_DIFFERENCES = 3;
  private static final int MOST_FACTS = 4;

  /// Less is not worth a line.
  private static final double WORTH_SAYING = 0.01;

  /// Timers are late now and then.
  private static final double UNEVEN = 0.9;

  private final Observed observed;
  private final ShownPaths paths;

  /// @param sources where functions are defined; paths below them are shown relative to them
  ProfileRows(Observed observed, Sources sources) {
    this.observed = observed;
    this.paths = new ShownPaths(sources);
  }

  static RootRow root(Ranking ranking, String file) {
    var root = ranking.root();
    return new RootRow(
        root.function(),
        file,
        root.how().name().toLowerCase(Locale.ROOT),
        Optional.of(ranking.seconds()).filter(s -> s > 0),
        ranking.samples(),
        Optional.of(Math.round(ranking.samples() * ranking.evenness()))
            .filter(_ -> ranking.evenness() < UNEVEN),
        ranking.warmUp());
  }

  Optional<RootRow> root() {
    return observed.ranking().map(r -> root(r, place(r.root().file())));
  }

  /// Summed over their callers, most time first.
  List<CalleeRow> callees() {
    var byCallee = new LinkedHashMap<String, List<CallShare>>();
    calls()
        .forEach(
            call ->
                byCallee
                    .computeIfAbsent(
                        Ranking.key(call.function(), call.file()), _ -> new ArrayList<>())
                    .add(call));
    return byCallee.values().stream()
        .map(this::callee)
        .filter(callee -> callee.totalShare() >= WORTH_SAYING)
        .sorted(Comparator.comparingDouble(CalleeRow::totalShare).reversed())
        .toList();
  }

  private Stream<CallShare> calls() {
    return observed.ranking().stream().flatMap(r -> r.shares().calls().stream());
  }

  private CalleeRow callee(List<CallShare> calls) {
    var first = calls.getFirst();
    var shares = observed.ranking().orElseThrow().shares();
    double total =
        shares.function(first.function(), first.file()).map(FunctionShare::total).orElse(0.0);
    return new CalleeRow(
        first.function(),
        place(first.file()),
        total,
        calls.stream()
            .limit(MOST_CALLERS)
            .map(c -> new CallerRow(c.from().function(), c.from().line(), c.total()))
            .toList(),
        calls.size());
  }

  Optional<OutsideRow> outside() {
    return observed
        .ranking()
        .filter(ranking -> ranking.outsideShare() >= WORTH_SAYING)
        .map(
            ranking ->
                new OutsideRow(
                    ranking.outsideShare(),
                    ranking.outside().stream()
                        .filter(line -> line.own() >= WORTH_SAYING)
                        .map(line -> place(line.place(), line.own()))
                        .toList()));
  }

  List<ThreadRow> threads() {
    return observed.ranking().stream()
        .flatMap(ranking -> ranking.threads().stream())
        .filter(thread -> !thread.root())
        .map(
            thread ->
                new ThreadRow(
                    thread.process(), thread.thread(), place(thread.most(), thread.mostShare())))
        .toList();
  }

  /// The slowest and the median first, then those that differ from the others.
  List<RankRow> ranks() {
    var ranking = observed.ranking();
    if (ranking.isEmpty() || ranking.get().processes().isEmpty()) {
      return List.of();
    }
    var shares = ranking.get().processes();
    var compared = ranking.get().compared();
    var slowest = observed.late().map(RankDifference::process);
    var typical = compared.typical().stream().boxed().findFirst();
    return Stream.of(
            slowest.stream(),
            typical.stream(),
            compared.differences().stream().map(RankDifference::process),
            shares.keySet().stream().sorted())
        .flatMap(numbers -> numbers)
        .distinct()
        .limit(MOST_RANKS)
        .map(
            process ->
                row(
                    process,
                    slowest
                        .filter(process::equals)
                        .map(_ -> "slowest")
                        .or(() -> typical.filter(process::equals).map(_ -> "median")),
                    Objects.requireNonNull(shares.get(process))))
        .toList();
  }

  int ranksTotal() {
    return observed.ranking().map(r -> r.processes().size()).orElse(0);
  }

  List<DifferenceRow> differences() {
    return observed.ranking().stream()
        .flatMap(r -> r.compared().differences().stream())
        .limit(MOST_DIFFERENCES)
        .map(
            d ->
                new DifferenceRow(
                    d.process(),
                    rank(d.process()),
                    place(d.line(), d.share()),
                    d.median(),
                    observed.isWaiting(d.line())))
        .toList();
  }

  List<RankFactRow> factDifferences() {
    return observed.differing().stream()
        .limit(MOST_FACTS)
        .map(
            d ->
                new RankFactRow(
                    d.process(),
                    d.rank(),
                    d.place().map(at -> place(at.file())).orElse(""),
                    d.place().map(LineFact.Place::line).orElse(0),
                    d.place().map(LineFact.Place::function).orElse(""),
                    FactText.of(d)))
        .toList();
  }

  private RankRow row(long process, Optional<String> role, Shares shares) {
    return new RankRow(
        process,
        rank(process),
        node(process),
        role,
        shares.functions().stream()
            .limit(MOST_OF_RANK)
            .map(f -> place(f.function(), f.file(), f.own()))
            .toList());
  }

  /// Where there are several.
  private Optional<String> node(long process) {
    var nodes = observed.processes().values().stream().map(SampledProcess::node).distinct().count();
    return Optional.ofNullable(observed.processes().get(process))
        .map(SampledProcess::node)
        .filter(_ -> nodes > 1);
  }

  private String rank(long process) {
    return Optional.ofNullable(observed.processes().get(process))
        .map(SampledProcess::rank)
        .orElse("");
  }

  private PlaceRow place(String function, String file, double share) {
    return new PlaceRow(place(file), 0, function, share);
  }

  private PlaceRow place(Frame at, double share) {
    return new PlaceRow(place(at.file()), at.line(), at.function(), share);
  }

  private String place(String file) {
    return paths.of(file);
  }
}
