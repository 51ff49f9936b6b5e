package hostperf.tool;

import hostperf.agent.Profiled.FactRow;
import hostperf.fact.FactText;
import hostperf.fact.LineFact;
import hostperf.lines.Branch;
import hostperf.lines.SpentLine;
import hostperf.profile.Observed;
import hostperf.source.Sources;
import hostperf.stacks.Shares.FunctionShare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What lines did, as rows of an answer.
final class FactRows {
  static final int MOST = 16;
  private static final int MOST_OF_LINE = 3;
  private static final int MOST_BRANCHES = 4;

  /// A branch of a function with less is not worth a line.
  private static final double WORTH_SAYING = 0.01;

  private final Observed observed;
  private final Sources sources;
  private final ShownPaths paths;

  FactRows(Observed observed, Sources sources) {
    this.observed = observed;
    this.sources = sources;
    this.paths = new ShownPaths(sources);
  }

  /// Those of the first statements, then what repeats, then the others by kind.
  List<FactRow> of(Stream<SpentLine> first) {
    var facts = observed.facts();
    var rows = new ArrayList<FactRow>();
    var shown = new HashSet<LineFact>();
    first.forEach(
        line -> {
          var at = line.place();
          stayed(line).ifPresent(t -> rows.add(row(at.file(), at.line(), at.function(), t)));
          line.facts().stream()
              .limit(MOST_OF_LINE)
              .filter(shown::add)
              .map(fact -> FactText.of(fact, facts.counted()))
              .forEach(t -> rows.add(row(at.file(), at.line(), at.function(), t)));
        });
    for (var call : facts.calls()) {
      FactText.of(call).forEach(text -> rows.add(row(call.place(), text)));
    }
    for (var loop : facts.loops()) {
      FactText.of(loop).ifPresent(text -> rows.add(row(loop.place(), text)));
    }
    branches().forEach(branch -> rows.add(row(branch.place(), branch.words())));
    facts.lines().stream()
        .filter(fact -> !shown.contains(fact))
        .forEach(fact -> rows.add(row(fact.place(), FactText.of(fact, facts.counted()))));
    return rows;
  }

  private Optional<String> stayed(SpentLine line) {
    return observed
        .ranking()
        .filter(_ -> line.stay() > 0)
        .map(
            r ->
                String.format(
                    Locale.ROOT,
                    "%.0f ms of it are in a row: one call took that long, or something held the process up there",
                    1e3 * r.seconds() * line.stay()));
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
    return row(at.file(), at.line(), at.function(), text);
  }

  private FactRow row(String file, int line, String function, String text) {
    return new FactRow(paths.of(file), line, function, text, "measured");
  }
}
