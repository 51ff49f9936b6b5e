package hostperf.lines;

import hostperf.fact.FactsByLine;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import hostperf.source.Statements;
import hostperf.source.Statements.Lines;
import hostperf.stacks.Frame;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.LongStay;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.FunctionShare;
import hostperf.stacks.Shares.LineShare;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The engine's own statements by the time they take. An interpreter tells which line of a
/// statement it is at, so the time of a call over several lines is spread over those.
public final class SpentLines {
  /// An answer shows a hundred characters of a statement.
  private static final int MOST_LINES = 5;

  private final Ranking ranking;
  private final LineProfile hits;
  private final FactsByLine facts;
  private final Sources sources;
  private final FunctionNames names;

  public SpentLines(Ranking ranking, LineProfile hits, FactsByLine facts, Sources sources) {
    this.ranking = ranking;
    this.hits = hits;
    this.facts = facts;
    this.sources = sources;
    this.names = new FunctionNames(sources);
  }

  private record Statement(String file, Lines lines) {}

  /// Of a statement: its time, and the own time of each function that runs at its lines: its own,
  /// and without a source the comprehensions in it.
  private static final class Sum {
    private final Map<String, Double> functions = new LinkedHashMap<>();
    private double own;
    private double total;

    void add(LineShare line) {
      own += line.own();
      total += line.total();
      functions.merge(line.place().function(), line.own(), Double::sum);
    }

    String function() {
      return functions.entrySet().stream()
          .max(
              Comparator.comparing((Map.Entry<String, Double> f) -> !f.getKey().contains("<"))
                  .thenComparing(Map.Entry.comparingByValue()))
          .map(Map.Entry::getKey)
          .orElseThrow();
    }
  }

  /// Most time of their own first; one stretch of it that happened once does not count.
  public List<SpentLine> byOwn() {
    Map<Statement, Sum> sums = new LinkedHashMap<>();
    for (LineShare line : ranking.own().lines()) {
      // A profile without lines has functions alone.
      if (line.place().line() > 0) {
        sums.computeIfAbsent(statement(line.place()), _ -> new Sum()).add(line);
      }
    }
    return sums.entrySet().stream()
        .filter(entry -> entry.getValue().own > 0)
        .map(entry -> spent(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingDouble(SpentLine::usual)
                .reversed()
                .thenComparing(line -> line.place().toString()))
        .toList();
  }

  private Statement statement(Frame at) {
    var lines =
        names
            .source(at.file())
            .flatMap(file -> file.functionAt(at.line()))
            .flatMap(function -> function.statementAt(at.line()))
            .map(Statements::header)
            .orElse(new Lines(at.line(), at.line()));
    return new Statement(at.file(), lines);
  }

  private SpentLine spent(Statement at, Sum sum) {
    var file = sources.file(at.file());
    double most =
        ranking.own().function(sum.function(), at.file()).map(FunctionShare::total).orElse(1.0);
    return new SpentLine(
        new Frame(sum.function(), file.map(PythonFile::path).orElse(at.file()), at.lines().first()),
        sum.own,
        ranking.stays(sources, at.file(), at.lines().first(), at.lines().last()).stream()
            .mapToDouble(LongStay::share)
            .sum(),
        Math.min(sum.total, most),
        hits.functions().stream()
            .filter(f -> isSame(f.file(), at.file(), file))
            .flatMap(f -> hits(f, at.lines()))
            .max(Comparator.naturalOrder())
            // Where samples were taken it ran: those of a function within count under its own name.
            .filter(h -> h > 0 && !sum.function().endsWith(FunctionNames.LAMBDA)),
        names.source(at.file()).map(f -> text(f, at.lines())).orElse(""),
        facts.within(at.file(), at.lines().first(), at.lines().last()).lines());
  }

  /// The line of its `def` runs when a function is called, and is counted with its first statement.
  private static Stream<Long> hits(FunctionProfile function, Lines lines) {
    return lines.covers(function.line())
        ? Stream.of(function.calls())
        : function.lines().stream().filter(cost -> lines.covers(cost.line())).map(LineCost::hits);
  }

  private static String text(PythonFile file, Lines lines) {
    var code =
        IntStream.rangeClosed(lines.first(), lines.last())
            .mapToObj(line -> file.line(line).strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    return String.join(" ", code.subList(0, Math.min(MOST_LINES, code.size())))
        + (code.size() > MOST_LINES ? " …" : "");
  }

  /// A program that profiles itself may name its files relative to where it runs.
  private boolean isSame(String reported, String sampled, Optional<PythonFile> file) {
    return reported.equals(sampled)
        || file.isPresent()
            && sources.file(reported).filter(f -> f.path().equals(file.get().path())).isPresent();
  }
}
