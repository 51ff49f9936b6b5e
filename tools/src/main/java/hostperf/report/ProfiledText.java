package hostperf.report;

import hostperf.agent.Profiled;
import hostperf.agent.Profiled.CalleeRow;
import hostperf.agent.Profiled.FactRow;
import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.LineRow;
import hostperf.agent.Profiled.PlaceRow;
import hostperf.agent.Profiled.RootRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the passes saw of a workload: the lines that take most first, each with its source and what
/// it did.
final class ProfiledText {
  /// About 1,500 tokens.
  private static final int MOST = 5_200;

  private static final int MOST_SOURCE = 100;

  /// A pass that slows the workload more than this says so first.
  private static final double SLOW = 3;

  /// Below it a function waits, or runs native code without the interpreter lock.
  private static final double SELDOM_HELD = 0.2;

  private ProfiledText() {}

  static String of(Profiled profiled) {
    var form = profiled;
    var shorter = form.shorter();
    while (whole(form).length() > MOST && shorter.isPresent()) {
      form = (Profiled) shorter.get();
      shorter = form.shorter();
    }
    return whole(form);
  }

  private static String whole(Profiled o) {
    var text = new StringBuilder(slow(o)).append(head(o));
    o.metrics()
        .forEach(
            m ->
                text.append(
                    "%s without a pass: %s %s"
                            .formatted(m.name(), Figures.number(m.value()), m.unit())
                            .strip()
                        + "\n"));
    text.append('\n');
    if (o.root().isPresent()) {
      lines(o, text);
      boolean hasLines = o.linesTotal() > 0;
      text.append(hasLines ? "\n" : "").append(functions(o));
      o.callees().stream()
          .filter(c -> c.callersTotal() > 1 || !hasLines)
          .forEach(c -> text.append(callee(c)));
    } else {
      o.functions().forEach(f -> text.append(unsampled(f)));
    }
    int shown = o.root().isPresent() ? inTable(o).size() : o.functions().size();
    more(text, o.functionsTotal() - shown, "function");
    elsewhere(o, text);
    more(text, o.factsTotal() - o.facts().size(), "fact");
    rest(o, text);
    return text + RunText.list("Warning", o.warnings()) + RunText.list("File", o.files());
  }

  private static void more(StringBuilder text, int count, String noun) {
    if (count > 0) {
      text.append("… and %s more\n".formatted(Figures.count(count, noun)));
    }
  }

  private static String slow(Profiled o) {
    return o.distortion().entrySet().stream()
        .filter(e -> e.getValue() > SLOW)
        .map(
            e ->
                "The pass `%s` made the workload %.1f times slower: take counts from it, not times.\n"
                    .formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining());
  }

  private static String head(Profiled o) {
    var name = o.profileId().map(id -> "Profile " + id + ". ").orElse("");
    var passes =
        o.distortion().isEmpty()
            ? ""
            : "%s: %s."
                .formatted(
                    o.profileId().isPresent()
                        ? " Slower under the passes, by one launch each"
                        : " Whole launches took longer than that of the pass `samples`",
                    o.distortion().entrySet().stream()
                        .map(e -> "%s %s".formatted(e.getKey(), times(e.getValue())))
                        .collect(Collectors.joining(", ")));
    return name
        + o.root()
            .map(root -> root(root, o.profileId().isPresent()) + error(root, o))
            .orElse(
                "There are no samples, so the ranking is distorted: the line profiler's own cost"
                    + " makes cheap lines of hot loops look expensive.")
        + passes
        + "\n";
  }

  private static String times(double slowdown) {
    return slowdown < 1.05 ? "not measurably" : "%.1f times".formatted(slowdown);
  }

  private static String root(RootRow root, boolean isOfRun) {
    if (root.how().equals("whole")) {
      return "Shares are of the whole profile's time, %s: it has no stacks and no lines."
          .formatted(Figures.seconds(root.timeS()));
    }
    var how =
        switch (root.how()) {
          case "configured" -> "as named";
          case "target_map" -> "from the target's map";
          default ->
              "found where the busiest thread's time divides; %s names another"
                  .formatted(isOfRun ? "`workload.root` in hostperf.yaml" : "--root");
        };
    var seconds = root.timeS() > 0 ? Figures.seconds(root.timeS()) : "";
    var samples = root.samples() > 0 ? Figures.count(root.samples(), "sample") : "";
    var between = seconds.isEmpty() || samples.isEmpty() ? "" : " in ";
    var warmUp =
        root.warmUp() > 0
            ? " The first %s of it differ and are left out as warm-up."
                .formatted(Figures.share(root.warmUp()))
            : "";
    return "Shares are of the time in %s (%s): %s%s%s.%s"
        .formatted(root.function(), how, seconds, between, samples, warmUp);
  }

  /// What chance does to the shares that are shown: one standard error of a share of samples.
  private static String error(RootRow root, Profiled o) {
    return placed(o).stream()
        .findFirst()
        .filter(most -> root.samples() > 0 && most.share() > 0 && most.share() < 1)
        .map(
            most ->
                " By chance own shares are off by ±%s at %s; lines that differ by less are in no sure order."
                    .formatted(points(most.share(), root.samples()), Figures.share(most.share())))
        .orElse("");
  }

  private static String points(double share, long samples) {
    return String.format(
        Locale.ROOT, "%.1f points", 100 * Math.sqrt(share * (1 - share) / samples));
  }

  private record Placed(FunctionRow function, LineRow line) {
    double share() {
      return line.selfShare().orElse(0.0);
    }
  }

  private static List<Placed> placed(Profiled o) {
    return o.functions().stream()
        .flatMap(f -> f.topLines().stream().map(line -> new Placed(f, line)))
        .sorted(Comparator.comparingDouble(Placed::share).reversed())
        .toList();
  }

  private static void lines(Profiled o, StringBuilder text) {
    var lines = placed(o);
    for (var each : lines) {
      var line = each.line();
      text.append(
          "%6s  %s:%d  %s%s\n"
              .formatted(
                  Figures.share(each.share()),
                  each.function().file(),
                  line.line(),
                  each.function().name(),
                  line.hits().map(h -> ", " + Figures.count(h, "hit")).orElse("")));
      if (!line.source().isEmpty()) {
        text.append("        ")
            .append(UntrustedText.inline(line.source(), MOST_SOURCE))
            .append('\n');
      }
      o.facts().stream()
          .filter(fact -> isAt(fact, each))
          .forEach(fact -> text.append("        · ").append(fact.fact()).append('\n'));
    }
    int others = o.linesTotal() - lines.size();
    if (others > 0) {
      text.append(
          "%6s  in %s more\n"
              .formatted(
                  Figures.share(Math.max(0, 1 - lines.stream().mapToDouble(Placed::share).sum())),
                  Figures.count(others, "line")));
    }
  }

  private static boolean isAt(FactRow fact, Placed line) {
    return fact.line() == line.line().line()
        && (fact.file().equals(line.function().file())
            || fact.file().endsWith("/" + line.function().file()));
  }

  /// As many as a table has rows; those by total time are few and stand last.
  private static List<FunctionRow> inTable(Profiled o) {
    var byTotal = o.functions().stream().filter(FunctionRow::isByTotal).toList();
    return Stream.concat(
            o.functions().stream()
                .filter(f -> !f.isByTotal())
                .limit((long) Table.MOST_ROWS - byTotal.size()),
            byTotal.stream())
        .toList();
  }

  private static String functions(Profiled o) {
    var table = new Table("own", "total", "by", "calls", "holds the lock", "function", "file");
    for (FunctionRow f : inTable(o)) {
      table.row(
          f.selfShare().map(Figures::share).orElse(""),
          f.totalShare().map(Figures::share).orElse(""),
          f.by().orElse(""),
          f.calls().map("%,d"::formatted).orElse(""),
          f.holdsLock().map(ProfiledText::held).orElse(""),
          f.name(),
          f.file() + f.line().map(line -> ":" + line).orElse(""));
    }
    return table.text();
  }

  private static String callee(CalleeRow callee) {
    boolean hasLines = callee.callers().stream().anyMatch(c -> c.line() > 0);
    return "%s takes %s, called from %s: %s%s\n"
        .formatted(
            callee.name(),
            Figures.share(callee.totalShare()),
            Figures.count(callee.callersTotal(), hasLines ? "line" : "function"),
            callee.callers().stream()
                .map(
                    c ->
                        "%s%s (%s)"
                            .formatted(
                                c.function(),
                                c.line() > 0 ? ":" + c.line() : "",
                                Figures.share(c.share())))
                .collect(Collectors.joining(", ")),
            callee.callersTotal() > callee.callers().size() ? ", …" : "");
  }

  private static String unsampled(FunctionRow f) {
    double whole = f.totalS().orElse(0.0);
    var text =
        new StringBuilder(
            "%s (%s%s): %s under the line profiler, in %s\n"
                .formatted(
                    f.name(),
                    f.file(),
                    f.line().map(line -> ":" + line).orElse(""),
                    Figures.seconds(whole),
                    Figures.count(f.calls().orElse(0L), "call")));
    for (var line : f.topLines()) {
      double seconds = line.hits().orElse(0L) * line.perHitUs().orElse(0.0) / 1e6;
      text.append(
          "  %5s of it  line %d, %s, %s each: %s\n"
              .formatted(
                  Figures.share(whole == 0 ? 0 : seconds / whole),
                  line.line(),
                  Figures.count(line.hits().orElse(0L), "hit"),
                  Figures.micros(line.perHitUs().orElse(0.0)),
                  UntrustedText.inline(line.source(), MOST_SOURCE)));
    }
    return text.toString();
  }

  private static void elsewhere(Profiled o, StringBuilder text) {
    var lines = o.root().isPresent() ? placed(o) : List.<Placed>of();
    o.facts().stream()
        .filter(fact -> lines.stream().noneMatch(line -> isAt(fact, line)))
        .forEach(
            fact ->
                text.append(
                    "%s:%d %s: %s\n"
                        .formatted(fact.file(), fact.line(), fact.function(), fact.fact())));
  }

  private static void rest(Profiled o, StringBuilder text) {
    o.outside()
        .ifPresent(
            outside ->
                text.append(
                    "Between the calls of %s: %s of the thread's time%s.\n"
                        .formatted(
                            o.root().map(RootRow::function).orElse("the root"),
                            Figures.share(outside.share()),
                            outside.places().isEmpty()
                                ? ""
                                : ", at "
                                    + outside.places().stream()
                                        .map(ProfiledText::place)
                                        .collect(Collectors.joining(", ")))));
    o.threads()
        .forEach(
            thread ->
                text.append(
                    "Thread %s of process %d was mostly at %s.\n"
                        .formatted(thread.thread(), thread.process(), place(thread.place()))));
    more(text, o.threadsTotal() - o.threads().size(), "thread");
    o.ranks()
        .forEach(
            rank ->
                text.append(
                    "Process %d%s: %s.\n"
                        .formatted(
                            rank.process(),
                            rank.rank().isEmpty() ? "" : " (rank " + rank.rank() + ")",
                            rank.shares().stream()
                                .map(p -> p.function() + " " + Figures.share(p.share()))
                                .collect(Collectors.joining(", ")))));
    more(text, o.ranksTotal() - o.ranks().size(), "rank");
    o.rankDifferences().forEach(difference -> text.append(difference(difference)));
    boolean isSampled = o.root().isPresent();
    for (var d : o.drillDown()) {
      text.append(
          "Not profiled: %s%s, called at line %d of %s (%s of %s)\n"
              .formatted(
                  d.callee(),
                  d.target().isEmpty() ? "" : " = " + d.target(),
                  d.line(),
                  d.function(),
                  Figures.share(d.share()),
                  isSampled ? "the time" : "that function's time"));
    }
    o.coverage()
        .ifPresent(
            share ->
                text.append(
                    "Hits are counted in functions with %s of the time.\n"
                        .formatted(Figures.share(share))));
    Stream.of(o.notLookedFor())
        .flatMap(reasons -> reasons.entrySet().stream())
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e -> text.append("Not looked for: %s (%s).\n".formatted(e.getKey(), e.getValue())));
  }

  private static String held(double share) {
    return Figures.share(share) + (share < SELDOM_HELD ? " (waits, or native code)" : "");
  }

  private static String difference(Profiled.DifferenceRow row) {
    return "%s spends %s of the median process's time at %s:%d in %s; the median process, %s.\n"
        .formatted(
            row.rank().isEmpty() ? "Process " + row.process() : "Rank " + row.rank(),
            Figures.share(row.place().share()),
            row.place().file(),
            row.place().line(),
            row.place().function(),
            Figures.share(row.median()));
  }

  private static String place(PlaceRow place) {
    return "%s:%d %s (%s)"
        .formatted(place.file(), place.line(), place.function(), Figures.share(place.share()));
  }
}
