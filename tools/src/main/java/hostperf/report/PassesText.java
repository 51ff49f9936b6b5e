package hostperf.report;

import hostperf.fact.CallFact;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.profile.LineCost;
import hostperf.profile.Passes;
import hostperf.source.Sources;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the passes saw of a command, as a terminal shows it: the lines that take most first, each
/// with its source and what it did.
public final class PassesText {
  private static final int MOST_FUNCTIONS = 8;
  private static final int MOST_LINES = 10;
  private static final int MOST_FACTS = 3;
  private static final int MOST_SOURCE = 100;

  /// Below it a function waits, or runs native code without the interpreter lock.
  private static final double SELDOM_HELD = 0.2;

  private final Passes.Taken taken;
  private final Ranking ranking;
  private final Sources sources;

  /// @param ranking of the samples
  /// @param sources for the lines' text; paths below them are shown relative to them
  public PassesText(Passes.Taken taken, Ranking ranking, Sources sources) {
    this.taken = taken;
    this.ranking = ranking;
    this.sources = sources;
  }

  /// The whole answer.
  public String text() {
    var text = new StringBuilder();
    text.append(head()).append("\n\n");
    lines(text);
    text.append('\n').append(functions());
    repeats(text);
    outside().ifPresent(line -> text.append('\n').append(line).append('\n'));
    text.append(threads());
    without(text);
    taken.remarks().forEach(remark -> text.append(remark).append('\n'));
    return text.toString();
  }

  private String head() {
    var root = ranking.root();
    var how =
        switch (root.how()) {
          case CONFIGURED -> "as named";
          case TARGET_MAP -> "from the target's map";
          case FOUND -> "found: the busiest thread's time divides there; name another with --root";
        };
    var warmUp =
        ranking.warmUp() > 0
            ? "; the first %s differ and are left out as warm-up"
                .formatted(Figures.share(ranking.warmUp()))
            : "";
    return "Shares are of the time in %s (%s): %s in %,d samples%s."
        .formatted(
            root.function(),
            how,
            Figures.seconds(ranking.shares().weight()),
            ranking.samples(),
            warmUp);
  }

  private void lines(StringBuilder text) {
    var most =
        ranking.own().lines().stream()
            .filter(line -> line.own() > 0)
            .sorted(Comparator.comparingDouble(Shares.LineShare::own).reversed())
            .toList();
    for (var line : most.stream().limit(MOST_LINES).toList()) {
      text.append(
          "%6s  %s:%d  %s%s%n"
              .formatted(
                  Figures.share(line.own()),
                  place(line.place().file()),
                  line.place().line(),
                  line.place().function(),
                  hits(line).map(h -> ", " + h).orElse("")));
      source(line).ifPresent(s -> text.append("        ").append(s).append('\n'));
      facts(line).forEach(f -> text.append("        · ").append(f).append('\n'));
    }
    if (most.size() > MOST_LINES) {
      double rest = most.stream().skip(MOST_LINES).mapToDouble(Shares.LineShare::own).sum();
      text.append(
          "%6s  in %s more%n"
              .formatted(Figures.share(rest), Figures.count(most.size() - MOST_LINES, "line")));
    }
  }

  private Optional<String> hits(Shares.LineShare line) {
    return taken.lines().stream()
        .flatMap(session -> session.report().functions().stream())
        .filter(function -> function.file().equals(line.place().file()))
        .flatMap(function -> function.lines().stream())
        .filter(cost -> cost.line() == line.place().line())
        .map(LineCost::hits)
        .max(Comparator.naturalOrder())
        .map(hits -> Figures.count(hits, "hit"));
  }

  private Optional<String> source(Shares.LineShare line) {
    return sources
        .file(line.place().file())
        .map(file -> file.line(line.place().line()).strip())
        .filter(source -> !source.isEmpty())
        .map(source -> UntrustedText.line(source, MOST_SOURCE));
  }

  private List<String> facts(Shares.LineShare line) {
    var facts = facts();
    return facts.within(line.place().file(), line.place().line(), line.place().line()).stream()
        .limit(MOST_FACTS)
        .map((LineFact fact) -> FactText.of(fact, facts.steps()))
        .toList();
  }

  private Facts facts() {
    return taken.facts().map(collected -> collected.facts()).orElse(Facts.NONE);
  }

  private String functions() {
    var table = new Table("own", "total", "holds the lock", "function", "file");
    for (var function : ranking.shares().functions().stream().limit(MOST_FUNCTIONS).toList()) {
      table.row(
          Figures.share(function.own()),
          Figures.share(function.total()),
          held(function),
          function.function(),
          place(function.file()));
    }
    return table.text();
  }

  private String held(Shares.FunctionShare function) {
    var held = ranking.holding().get(Ranking.key(function.function(), function.file()));
    if (held == null) {
      return "";
    }
    return Figures.share(held) + (held < SELDOM_HELD ? " (waits, or native code)" : "");
  }

  private void repeats(StringBuilder text) {
    for (CallFact call : facts().calls()) {
      for (String sentence : FactText.of(call)) {
        text.append(call.place().function()).append(": ").append(sentence).append(".\n");
      }
    }
  }

  private Optional<String> outside() {
    if (ranking.outsideShare() < 0.01) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (var line : ranking.outside()) {
      parts.add(
          "%s:%d %s"
              .formatted(
                  place(line.place().file()), line.place().line(), Figures.share(line.own())));
    }
    return Optional.of(
        "Outside %s, between its calls: %s of the thread's time, at %s."
            .formatted(
                ranking.root().function(),
                Figures.share(ranking.outsideShare()),
                String.join(", ", parts)));
  }

  private String threads() {
    return ranking.threads().stream()
        .filter(thread -> !thread.root())
        .map(
            thread ->
                "Thread %s of process %d: %s of its time at %s:%d %s.%n"
                    .formatted(
                        thread.thread(),
                        thread.process(),
                        Figures.share(thread.mostShare()),
                        place(thread.most().file()),
                        thread.most().line(),
                        thread.most().function()))
        .collect(Collectors.joining());
  }

  private void without(StringBuilder text) {
    facts()
        .without()
        .forEach(
            (collector, reason) ->
                text.append("Not looked for: ")
                    .append(collector)
                    .append(" (")
                    .append(reason)
                    .append(").\n"));
  }

  private String place(String file) {
    var path = Path.of(file);
    return path.isAbsolute() && path.startsWith(sources.root())
        ? sources.root().relativize(path).toString()
        : file;
  }
}
