package hostperf.tool;

import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.HiddenRow;
import hostperf.agent.Profiled.LineRow;
import hostperf.agent.Profiled.TreeRow;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.SpentLine;
import hostperf.profile.Observed;
import hostperf.report.UntrustedText;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.FunctionTree;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.FunctionShare;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Functions and their statements, as rows of an answer.
final class FunctionRows {
  private static final int MOST_IN_TREE = 30;
  private static final int MOST_FUNCTIONS = 8;
  private static final int MOST_LINES_EACH = 5;
  private static final int MOST_SOURCE = 100;

  private final Observed observed;
  private final Sources sources;
  private final ShownPaths paths;
  private final ShownLines lines;
  private final Optional<FunctionTree> tree;

  FunctionRows(Observed observed, Sources sources) {
    this.observed = observed;
    this.sources = sources;
    this.paths = new ShownPaths(sources);
    this.lines = ShownLines.of(observed);
    this.tree = observed.ranking().map(r -> FunctionTree.of(r.own(), r.root(), MOST_IN_TREE));
  }

  ShownLines lines() {
    return lines;
  }

  List<TreeRow> tree() {
    var ranking = observed.ranking();
    return tree.stream()
        .flatMap(t -> t.rows().stream())
        .map(row -> row(row, ranking.orElseThrow()))
        .toList();
  }

  Optional<HiddenRow> treeHidden() {
    return tree.filter(t -> t.hidden() > 0)
        .map(t -> new HiddenRow(t.hidden(), short6(t.hiddenOwn()), short6(t.hiddenMost())));
  }

  private TreeRow row(FunctionTree.Row row, Ranking ranking) {
    var function = row.function();
    boolean hasOthers = row.callers() > 1 || row.fromCaller() < function.total();
    return new TreeRow(
        row.depth(),
        function.function(),
        paths.of(function.file()),
        defined(function),
        short6(function.own()),
        short6(function.total()),
        calls(function).filter(_ -> steps(ranking) == 1),
        callsPerStep(function, ranking),
        held(function, ranking),
        Optional.of(row.callers()).filter(callers -> callers > 1),
        Optional.of(short6(row.fromCaller())).filter(_ -> hasOthers),
        Optional.of(true).filter(_ -> row.recursive()));
  }

  /// More digits than are shown: rounded twice, 7.348 would become 7.4.
  private static double short6(double share) {
    return Math.round(share * 1e6) / 1e6;
  }

  private Optional<Double> callsPerStep(FunctionShare function, Ranking ranking) {
    long steps = steps(ranking);
    return calls(function)
        .filter(_ -> steps > 1)
        .map(calls -> Math.round(10.0 * calls / steps) / 10.0);
  }

  /// How often the root was called; 0 where that is not known.
  private long steps(Ranking ranking) {
    return hits(ranking.root().function(), ranking.root().file())
        .map(FunctionProfile::calls)
        .orElse(0L);
  }

  private Optional<Long> calls(FunctionShare function) {
    return hits(function.function(), function.file()).map(FunctionProfile::calls);
  }

  private Optional<FunctionProfile> hits(String function, String file) {
    return observed.lines().functions().stream()
        .filter(f -> f.name().equals(function))
        .filter(f -> paths.of(f.file()).equals(paths.of(file)))
        .findFirst();
  }

  /// Those with most own time and those that the first statements are of, then those with most time
  /// in all.
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
    return Shown.of(ranking, f -> lines.all().anyMatch(line -> isOf(line.place(), f)));
  }

  private boolean isOf(Frame place, FunctionShare function) {
    return place.function().equals(function.function())
        && paths.of(place.file()).equals(paths.of(function.file()));
  }

  private FunctionRow row(FunctionShare function, String by, Ranking ranking) {
    var profiled = hits(function.function(), function.file());
    return new FunctionRow(
        function.function(),
        paths.of(function.file()),
        defined(function),
        Optional.of(short6(function.own())),
        Optional.of(short6(function.total())),
        profiled.map(FunctionProfile::calls),
        Optional.of(short6(function.total() * ranking.seconds())).filter(s -> s > 0),
        Optional.of(by),
        lines.all().filter(line -> isOf(line.place(), function)).map(this::row).toList());
  }

  private LineRow row(SpentLine line) {
    return new LineRow(
        line.place().line(),
        Optional.of(short6(line.own())),
        Optional.of(short6(line.total())),
        Optional.of(lines.standing().contains(line)),
        line.hits(),
        Optional.empty(),
        UntrustedText.line(line.source(), MOST_SOURCE));
  }

  private Optional<Integer> defined(FunctionShare function) {
    return sources
        .file(function.file())
        .flatMap(file -> file.function(function.function()))
        .map(PythonFunction::line)
        .or(() -> hits(function.function(), function.file()).map(FunctionProfile::line));
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
        .filter(_ -> isMostlyItself)
        .map(FunctionRows::short6);
  }

  private Stream<FunctionProfile> ran() {
    return observed.lines().functions().stream().filter(f -> f.seconds() > 0);
  }

  /// Without samples, by the line profiler's own times.
  private List<FunctionRow> profiled() {
    return ran()
        .sorted(Comparator.comparingDouble(FunctionProfile::seconds).reversed())
        .limit(MOST_FUNCTIONS)
        .map(this::profiled)
        .toList();
  }

  private FunctionRow profiled(FunctionProfile f) {
    return new FunctionRow(
        f.name(),
        paths.of(f.file()),
        Optional.of(f.line()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(f.calls()),
        Optional.of(f.seconds()),
        Optional.empty(),
        f.lines().stream()
            .filter(l -> l.seconds() > 0)
            .sorted(Comparator.comparingDouble(LineCost::seconds).reversed())
            .limit(MOST_LINES_EACH)
            .map(FunctionRows::profiled)
            .toList());
  }

  private static LineRow profiled(LineCost line) {
    return new LineRow(
        line.line(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(line.hits()),
        Optional.of(line.microsPerHit()),
        UntrustedText.line(line.source().strip(), MOST_SOURCE));
  }
}
