package hostperf.tool;

import hostperf.agent.Profiled.CalleeRow;
import hostperf.agent.Profiled.CallerRow;
import hostperf.agent.Profiled.DifferenceRow;
import hostperf.agent.Profiled.FactRow;
import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.LineRow;
import hostperf.agent.Profiled.OutsideRow;
import hostperf.agent.Profiled.PlaceRow;
import hostperf.agent.Profiled.RankRow;
import hostperf.agent.Profiled.RootRow;
import hostperf.agent.Profiled.ThreadRow;
import hostperf.fact.FactText;
import hostperf.fact.LineFact;
import hostperf.profile.Branch;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineCost;
import hostperf.profile.Observed;
import hostperf.profile.SampledProcess;
import hostperf.profile.SpentLine;
import hostperf.report.UntrustedText;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.FunctionShare;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What the passes saw, as rows of an answer.
final class ProfileRows {
  private static final int MOST_FUNCTIONS = 8;
  private static final int MOST_LINES = 10;
  private static final int MOST_LINES_EACH = 5;
  static final int MOST_CALLEES = 6;
  private static final int MOST_CALLERS = 3;
  static final int MOST_FACTS = 16;
  private static final int MOST_FACTS_OF_LINE = 3;
  private static final int MOST_BRANCHES = 4;
  static final int MOST_THREADS = 5;
  private static final int MOST_OF_RANK = 3;
  private static final int MOST_RANKS = 4;
  private static final int MOST_DIFFERENCES = 3;
  private static final int MOST_SOURCE = 120;

  /// Less is not worth a line.
  private static final double WORTH_SAYING = 0.01;

  private final Observed observed;
  private final Sources sources;

  /// @param sources where functions are defined; paths below them are shown relative to them
  ProfileRows(Observed observed, Sources sources) {
    this.observed = observed;
    this.sources = sources;
  }

  static RootRow root(Ranking ranking, String file) {
    var root = ranking.root();
    return new RootRow(
        root.function(),
        file,
        root.how().name().toLowerCase(Locale.ROOT),
        ranking.seconds(),
        ranking.samples(),
        ranking.warmUp());
  }

  Optional<RootRow> root() {
    return observed.ranking().map(r -> root(r, place(r.root().file())));
  }

  /// Those with most own time and those that the first lines are of, then those with most time in
  /// all.
  List<FunctionRow> functions() {
    return observed.ranking().map(this::sampled).orElseGet(this::profiled);
  }

  int functionsTotal() {
    return observed
        .ranking()
        .map(
            r -> {
              var shown = shown(r);
              return (int)
                  r.own().functions().stream()
                      .filter(f -> f.own() > 0 || shown.byTotal().contains(f))
                      .count();
            })
        .orElseGet(() -> (int) ran().count());
  }

  int linesTotal() {
    return observed.ranking().isPresent()
        ? observed.spent().size()
        : (int) ran().flatMap(f -> f.lines().stream()).filter(l -> l.seconds() > 0).count();
  }

  private List<FunctionRow> sampled(Ranking ranking) {
    var shown = shown(ranking);
    return Stream.concat(
            shown.byOwn().stream().map(f -> row(f, "own", ranking)),
            shown.byTotal().stream().map(f -> row(f, "total", ranking)))
        .toList();
  }

  private Shown shown(Ranking ranking) {
    return Shown.of(ranking, f -> firstLines().anyMatch(line -> isOf(line.place(), f)));
  }

  private Stream<SpentLine> firstLines() {
    return observed.spent().stream().limit(MOST_LINES);
  }

  private boolean isOf(Frame place, FunctionShare function) {
    return place.function().equals(function.function())
        && place(place.file()).equals(place(function.file()));
  }

  private FunctionRow row(FunctionShare function, String by, Ranking ranking) {
    var profiled =
        observed.lines().functions().stream()
            .filter(f -> f.name().equals(function.function()))
            .filter(f -> place(f.file()).equals(place(function.file())))
            .findFirst();
    return new FunctionRow(
        function.function(),
        place(function.file()),
        defined(function).or(() -> profiled.map(FunctionProfile::line)),
        Optional.of(function.own()),
        Optional.of(function.total()),
        profiled.map(FunctionProfile::calls),
        Optional.of(function.total() * ranking.seconds()).filter(s -> s > 0),
        held(function, ranking),
        Optional.of(by),
        firstLines()
            .filter(line -> isOf(line.place(), function))
            .map(
                line ->
                    new LineRow(
                        line.place().line(),
                        Optional.of(line.own()),
                        Optional.of(line.total()),
                        line.hits(),
                        Optional.empty(),
                        UntrustedText.line(line.source(), MOST_SOURCE)))
            .toList());
  }

  private Optional<Integer> defined(FunctionShare function) {
    return sources
        .file(function.file())
        .flatMap(file -> file.function(function.function()))
        .map(PythonFunction::line);
  }

  /// It is sampled of the function alone, so it says nothing where libraries take most of it.
  private static Optional<Double> held(FunctionShare function, Ranking ranking) {
    boolean isMostlyItself =
        ranking
            .shares()
            .function(function.function(), function.file())
            .filter(f -> f.own() * 2 >= function.own())
            .isPresent();
    return Optional.ofNullable(
            ranking.holding().get(Ranking.key(function.function(), function.file())))
        .filter(_ -> isMostlyItself);
  }

  private Stream<FunctionProfile> ran() {
    return observed.lines().functions().stream().filter(f -> f.seconds() > 0);
  }

  /// Without samples, by the line profiler's own times.
  private List<FunctionRow> profiled() {
    return ran()
        .sorted(Comparator.comparingDouble(FunctionProfile::seconds).reversed())
        .limit(MOST_FUNCTIONS)
        .map(
            f ->
                new FunctionRow(
                    f.name(),
                    place(f.file()),
                    Optional.of(f.line()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(f.calls()),
                    Optional.of(f.seconds()),
                    Optional.empty(),
                    Optional.empty(),
                    f.lines().stream()
                        .filter(l -> l.seconds() > 0)
                        .sorted(Comparator.comparingDouble(LineCost::seconds).reversed())
                        .limit(MOST_LINES_EACH)
                        .map(ProfileRows::profiled)
                        .toList()))
        .toList();
  }

  private static LineRow profiled(LineCost line) {
    return new LineRow(
        line.line(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(line.hits()),
        Optional.of(line.microsPerHit()),
        UntrustedText.line(line.source().strip(), MOST_SOURCE));
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

  /// Those of the first lines, then what repeats, then the others by kind.
  List<FactRow> facts() {
    var facts = observed.facts();
    List<LineFact> ordered = new ArrayList<>();
    firstLines()
        .forEach(line -> line.facts().stream().limit(MOST_FACTS_OF_LINE).forEach(ordered::add));
    var later = facts.lines().stream().filter(fact -> !ordered.contains(fact)).toList();
    var rows = new ArrayList<FactRow>();
    ordered.forEach(fact -> rows.add(row(fact.place(), FactText.of(fact, facts.counted()))));
    for (var call : facts.calls()) {
      FactText.of(call).forEach(text -> rows.add(row(call.place(), text)));
    }
    for (var loop : facts.loops()) {
      FactText.of(loop).ifPresent(text -> rows.add(row(loop.place(), text)));
    }
    branches().forEach(branch -> rows.add(row(branch.place(), branch.words())));
    later.forEach(fact -> rows.add(row(fact.place(), FactText.of(fact, facts.counted()))));
    return rows;
  }

  /// Those of the functions that take most.
  private Stream<Branch> branches() {
    var functions =
        observed.ranking().stream()
            .flatMap(r -> r.own().functions().stream())
            .filter(f -> f.own() >= WORTH_SAYING)
            .map(FunctionShare::function)
            .toList();
    return Branch.of(observed.lines(), sources).stream()
        .filter(branch -> functions.contains(branch.place().function()))
        .limit(MOST_BRANCHES);
  }

  private FactRow row(LineFact.Place at, String text) {
    return new FactRow(place(at.file()), at.line(), at.function(), text, "measured");
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

  /// Those that differ from the others first.
  List<RankRow> ranks() {
    var shares = observed.ranking().map(Ranking::processes).orElse(Map.of());
    var different =
        observed.ranking().stream().flatMap(r -> r.differences().stream().map(d -> d.process()));
    return Stream.concat(different, shares.keySet().stream().sorted())
        .distinct()
        .limit(MOST_RANKS)
        .map(process -> row(process, Objects.requireNonNull(shares.get(process))))
        .toList();
  }

  int ranksTotal() {
    return observed.ranking().map(r -> r.processes().size()).orElse(0);
  }

  List<DifferenceRow> differences() {
    return observed.ranking().stream()
        .flatMap(r -> r.differences().stream())
        .limit(MOST_DIFFERENCES)
        .map(
            d ->
                new DifferenceRow(
                    d.process(), rank(d.process()), place(d.line(), d.share()), d.median()))
        .toList();
  }

  private RankRow row(long process, Shares shares) {
    return new RankRow(
        process,
        rank(process),
        shares.functions().stream()
            .limit(MOST_OF_RANK)
            .map(f -> place(f.function(), f.file(), f.own()))
            .toList());
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
    var path = Path.of(file);
    return path.isAbsolute() && path.startsWith(sources.root())
        ? sources.root().relativize(path).toString()
        : file;
  }
}
