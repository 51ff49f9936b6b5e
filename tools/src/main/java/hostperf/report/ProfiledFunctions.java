package hostperf.report;

import hostperf.agent.Profiled;
import hostperf.agent.Profiled.FactRow;
import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.HiddenRow;
import hostperf.agent.Profiled.LineRow;
import hostperf.agent.Profiled.RootRow;
import hostperf.agent.Profiled.TreeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the time of a sampled workload goes: its functions as a tree, then its statements.
final class ProfiledFunctions {
  private static final int MOST_SOURCE = 100;
  private static final int MOST_SOURCE_OF_NEXT = 60;
  private static final int MOST_INDENT = 16;

  /// A caller that spends this part of a function's time stands for all.
  private static final double MOSTLY = 0.9;

  /// Below it a function waits, or runs native code without the interpreter lock.
  private static final double SELDOM_HELD = 0.2;

  private final Profiled profiled;
  private final List<Placed> lines;
  private final ShortPaths paths = new ShortPaths();

  private record Placed(FunctionRow function, LineRow line) {
    double share() {
      return line.selfShare().orElse(0.0);
    }

    boolean standsOut() {
      return line.standsOut().orElse(false);
    }
  }

  ProfiledFunctions(Profiled profiled) {
    this.profiled = profiled;
    this.lines =
        profiled.functions().stream()
            .flatMap(f -> f.topLines().stream().map(line -> new Placed(f, line)))
            .sorted(Comparator.comparingDouble(Placed::share).reversed())
            .toList();
  }

  /// The tree first: later places name files as short as it allows.
  String text() {
    return tree() + statements();
  }

  /// Those that stand at none of the statements that are shown.
  Stream<FactRow> otherFacts() {
    return profiled.facts().stream()
        .filter(fact -> lines.stream().noneMatch(line -> isAt(fact, line)));
  }

  private String tree() {
    if (profiled.tree().isEmpty()) {
      return "";
    }
    boolean isOnce = profiled.tree().stream().anyMatch(row -> row.calls().isPresent());
    boolean isCounted =
        isOnce || profiled.tree().stream().anyMatch(row -> row.callsPerStep().isPresent());
    var header = new ArrayList<>(List.of(" total", "   own"));
    if (isCounted) {
      header.add(isOnce ? "calls" : "calls a step");
    }
    header.add("function, where it is defined");
    var table = new Table(header.toArray(String[]::new));
    for (TreeRow row : profiled.tree()) {
      var cells = new ArrayList<>(List.of(percent(row.totalShare()), percent(row.selfShare())));
      if (isCounted) {
        cells.add(
            row.callsPerStep()
                .or(() -> row.calls().map(Long::doubleValue))
                .map(ProfiledFunctions::calls)
                .orElse(""));
      }
      cells.add(
          "  ".repeat(Math.min(row.depth(), MOST_INDENT))
              + row.name()
              + "  "
              + paths.of(row.file())
              + row.line().map(line -> ":" + line).orElse("")
              + notes(row));
      table.row(cells.toArray(String[]::new));
    }
    return table.text(profiled.tree().size())
        + profiled.treeHidden().map(ProfiledFunctions::hidden).orElse("");
  }

  private static String percent(double share) {
    return "%6s".formatted(Figures.share(share));
  }

  private static String calls(double count) {
    return String.format(Locale.ROOT, count == Math.rint(count) ? "%,.0f" : "%,.1f", count);
  }

  private static String notes(TreeRow row) {
    var notes = new ArrayList<String>();
    row.fromCaller()
        .filter(share -> share < MOSTLY * row.totalShare())
        .ifPresent(
            share ->
                notes.add(
                    Figures.share(share)
                        + " here"
                        + row.callers().map(", %d callers met"::formatted).orElse("")));
    row.recursive().ifPresent(_ -> notes.add("recursive"));
    row.holdsLock()
        .filter(held -> held < SELDOM_HELD)
        .ifPresent(
            held ->
                notes.add(
                    "waits, or native code: holds the lock %s".formatted(Figures.share(held))));
    return notes.isEmpty() ? "" : "  (" + String.join("; ", notes) + ")";
  }

  private static String hidden(HiddenRow hidden) {
    return "… and %s more with %s of their own%s\n"
        .formatted(
            Figures.count(hidden.functions(), "function"),
            Figures.share(hidden.selfShare()),
            hidden.mostTotalShare() > 0
                ? ", each at most %s in total but for those that only lead on to others"
                    .formatted(Figures.share(hidden.mostTotalShare()))
                : "");
  }

  private String statements() {
    if (lines.isEmpty()) {
      return profiled.linesTotal() == 0
          ? ""
          : "\nNo statement stands out: each of %s has too few samples to be ranked.\n"
              .formatted(Figures.count(profiled.linesTotal(), "statement"));
    }
    var standing = lines.stream().filter(Placed::standsOut).toList();
    var next = lines.stream().filter(line -> !line.standsOut()).toList();
    var text = new StringBuilder("\n").append(head(standing));
    standing.forEach(line -> text.append(standing(line)));
    if (!standing.isEmpty() && !next.isEmpty()) {
      text.append("Then, in no sure order:\n");
    }
    next.forEach(line -> text.append(next(line)));
    int others = profiled.linesTotal() - lines.size();
    if (others > 0) {
      double rest = Math.max(0, 1 - lines.stream().mapToDouble(Placed::share).sum());
      text.append("%s  in %s more\n".formatted(percent(rest), Figures.count(others, "statement")));
    }
    return text.toString();
  }

  private String head(List<Placed> standing) {
    double most = lines.getFirst().share();
    var error = profiled.root().flatMap(root -> error(root, most));
    return standing.isEmpty()
        ? "No statement stands out: the most expensive takes %s of its own%s. In no sure order:\n"
            .formatted(Figures.share(most), error.map(e -> " (" + e + ")").orElse(""))
        : "Own time by statement%s:\n"
            .formatted(error.map(e -> " (%s at %s)".formatted(e, Figures.share(most))).orElse(""));
  }

  /// What chance does to a share: one standard error. Samples that tell no seconds came late, in
  /// bursts: they are fewer than their number.
  private static Optional<String> error(RootRow root, double share) {
    return root.telling() == 0 || root.timeS().isEmpty() || share <= 0 || share >= 1
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "±%.1f points by chance",
                100 * Math.sqrt(share * (1 - share) / root.telling())));
  }

  private String standing(Placed each) {
    var text =
        new StringBuilder(
            "%s  %s:%d  %s%s\n"
                .formatted(
                    percent(each.share()),
                    paths.of(each.function().file()),
                    each.line().line(),
                    each.function().name(),
                    hits(each.line())));
    if (!each.line().source().isEmpty()) {
      text.append("        ").append(source(each.line(), MOST_SOURCE)).append('\n');
    }
    return text.append(facts(each)).toString();
  }

  private String next(Placed each) {
    return "%s  %s:%d%s  %s\n%s"
        .formatted(
            percent(each.share()),
            paths.of(each.function().file()),
            each.line().line(),
            hits(each.line()),
            each.line().source().isEmpty()
                ? each.function().name()
                : source(each.line(), MOST_SOURCE_OF_NEXT),
            facts(each));
  }

  /// Its beginning is enough to find it by.
  private static String source(LineRow line, int most) {
    String source = line.source();
    return UntrustedText.inline(
        source.length() <= most ? source : source.substring(0, most - 1) + "…", most);
  }

  private static String hits(LineRow line) {
    return line.hits().map(h -> ", " + Figures.count(h, "hit")).orElse("");
  }

  private String facts(Placed line) {
    var text = new StringBuilder();
    profiled.facts().stream()
        .filter(fact -> isAt(fact, line))
        .forEach(fact -> text.append("        · ").append(fact.fact()).append('\n'));
    return text.toString();
  }

  private static boolean isAt(FactRow fact, Placed line) {
    return fact.line() == line.line().line()
        && (fact.file().equals(line.function().file())
            || fact.file().endsWith("/" + line.function().file()));
  }
}
