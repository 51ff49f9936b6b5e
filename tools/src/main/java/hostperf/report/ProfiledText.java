package hostperf.report;

import hostperf.agent.Profiled;
import hostperf.agent.Profiled.CalleeRow;
import hostperf.agent.Profiled.DrilldownRow;
import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.PlaceRow;
import hostperf.agent.Profiled.RootRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What the passes saw of a workload: where its time goes as a tree, the statements that take most
/// with what they did, then what stands around them.
final class ProfiledText {
  /// About 1,500 tokens with what comes around it.
  private static final int MOST = 5_700;

  private static final int MOST_WARNINGS = 4;
  private static final int MOST_OF_WARNING = 340;

  private static final int MOST_SOURCE = 100;

  /// A pass that slows the workload more than this says so first.
  private static final double SLOW = 3;

  private static final double MEASURABLE = 1.05;

  /// Shares are shown with one digit.
  private static final double LEAST_SHOWN = 0.001;

  /// Where a smaller one is called from is not worth a line.
  private static final double WORTH_ITS_CALLERS = 0.05;

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
    var functions = new ProfiledFunctions(o);
    if (o.root().isPresent()) {
      text.append(functions.text());
      o.callees().stream().filter(ProfiledText::isSpread).forEach(c -> text.append(callee(c)));
    } else {
      o.functions().forEach(f -> text.append(unsampled(f)));
      more(text, o.functionsTotal() - o.functions().size(), "function");
      int lines = o.functions().stream().mapToInt(f -> f.topLines().size()).sum();
      more(text, o.linesTotal() - lines, "line");
    }
    elsewhere(o, functions, text);
    more(text, o.factsTotal() - o.facts().size(), "fact");
    rest(o, text);
    o.warnings().stream()
        .limit(MOST_WARNINGS)
        .forEach(
            w ->
                text.append("Warning: ")
                    .append(UntrustedText.line(w, MOST_OF_WARNING))
                    .append('\n'));
    more(text, o.warnings().size() - MOST_WARNINGS, "warning");
    return text + RunText.list("File", o.files());
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
                "The pass `%s` made the workload %.1f times slower: take %s from it, not times.\n"
                    .formatted(
                        e.getKey(),
                        e.getValue(),
                        e.getKey().equals("samples") ? "shares" : "counts"))
        .collect(Collectors.joining());
  }

  private static String head(Profiled o) {
    var name = o.profileId().map(id -> "Profile " + id + ". ").orElse("");
    return name
        + o.root()
            .map(root -> root(root, o.profileId().isPresent()) + once(o, root))
            .orElse(
                "There are no samples, so the ranking is distorted: the line profiler's own cost"
                    + " makes cheap lines of hot loops look expensive.")
        + slowed(o)
        + "\n";
  }

  /// A run has a metric; a command has the calls of its root.
  private static String slowed(Profiled o) {
    return o.distortion().isEmpty()
        ? ""
        : " Slower under the passes, by %s: %s."
            .formatted(
                o.profileId().isPresent() ? "one launch each" : "the mean time of these calls",
                o.distortion().entrySet().stream()
                    .map(e -> "%s %s".formatted(e.getKey(), times(e.getValue())))
                    .collect(Collectors.joining(", ")));
  }

  private static String times(double slowdown) {
    return slowdown < MEASURABLE ? "not measurably" : "%.1f times".formatted(slowdown);
  }

  private static String root(RootRow root, boolean isOfRun) {
    if (root.how().equals("whole")) {
      return "Shares are of the whole profile's time, %s: it has no stacks and no lines."
          .formatted(Figures.seconds(root.timeS().orElse(0.0)));
    }
    var how =
        switch (root.how()) {
          case "configured" -> "as named";
          case "target_map" -> "from the target's map";
          default ->
              "found where the busiest thread's time divides; %s names another"
                  .formatted(isOfRun ? "`workload.root` in hostperf.yaml" : "--root");
        };
    var seconds = root.timeS().map(Figures::seconds).orElse("");
    var worth =
        root.worthSamples()
            .map(" of different lengths, which tell as much as %,d of one length"::formatted)
            .orElse("");
    var samples = root.samples() > 0 ? Figures.count(root.samples(), "sample") + worth : "";
    var between = seconds.isEmpty() || samples.isEmpty() ? "" : " in ";
    var warmUp =
        root.warmUp() > 0
            ? " The first %s of it differ and are left out as warm-up."
                .formatted(Figures.share(root.warmUp()))
            : "";
    return "Shares are of the time in %s (%s): %s%s%s. Own time includes the libraries and builtins that a function calls.%s"
        .formatted(root.function(), how, seconds, between, samples, warmUp);
  }

  private static String once(Profiled o, RootRow root) {
    return o.tree().stream().anyMatch(row -> row.calls().isPresent())
        ? " %s ran once, so it is not a step: calls are those of the whole launch."
            .formatted(root.function())
        : "";
  }

  /// The tree says the same of a function with one caller.
  private static boolean isSpread(CalleeRow callee) {
    return callee.callersTotal() > 1 && callee.totalShare() >= WORTH_ITS_CALLERS;
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

  private static void elsewhere(Profiled o, ProfiledFunctions functions, StringBuilder text) {
    var facts = o.root().isPresent() ? functions.otherFacts() : o.facts().stream();
    facts.forEach(
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
                                : (isPart(outside) ? ", most at " : ", at ")
                                    + outside.places().stream()
                                        .map(ProfiledText::place)
                                        .collect(Collectors.joining(", ")))));
    o.threads()
        .forEach(
            thread ->
                text.append(
                    "Thread %s%s was mostly at %s.\n"
                        .formatted(
                            thread.thread(),
                            thread.process() > 0 ? " of process " + thread.process() : "",
                            place(thread.place()))));
    more(text, o.threadsTotal() - o.threads().size(), "thread");
    ranks(o, text);
    if (o.root().isEmpty()) {
      o.drillDown().forEach(d -> text.append(unprofiled(d)));
    }
    o.coverage()
        .ifPresent(
            share ->
                text.append(
                    "Hits are counted in functions with %s of the time.\n"
                        .formatted(Figures.share(share))));
    if (!o.notLookedFor().isEmpty()) {
      text.append("Not looked for: %s.\n".formatted(without(o.notLookedFor())));
    }
  }

  /// Whether time was spent at other places too.
  private static boolean isPart(Profiled.OutsideRow outside) {
    return outside.places().stream().mapToDouble(PlaceRow::share).sum()
        < outside.share() - LEAST_SHOWN;
  }

  private static void ranks(Profiled o, StringBuilder text) {
    o.ranks()
        .forEach(
            rank ->
                text.append(
                    "%s%s%s: %s.\n"
                        .formatted(
                            process(rank.process(), rank.rank()),
                            rank.node().map(node -> " on " + node).orElse(""),
                            rank.role().map(ProfiledText::role).orElse(""),
                            rank.shares().stream()
                                .map(p -> p.function() + " " + Figures.share(p.share()))
                                .collect(Collectors.joining(", ")))));
    more(text, o.ranksTotal() - o.ranks().size(), "rank");
    o.rankDifferences().forEach(difference -> text.append(difference(difference)));
    o.rankFacts().forEach(fact -> text.append(rankFact(fact)));
  }

  private static String role(String role) {
    return role.equals("slowest") ? ", the slowest" : ", nearest to the median";
  }

  private static String rankFact(Profiled.RankFactRow row) {
    return "%s%s%s: %s.\n"
        .formatted(
            // Each pass is a launch of its own, with processes of its own.
            row.rank().isEmpty() ? "In the pass `facts`, process " : "Rank ",
            row.rank().isEmpty() ? row.process() : row.rank(),
            row.file().isEmpty()
                ? ""
                : " at %s:%d in %s".formatted(row.file(), row.line(), row.function()),
            row.fact());
  }

  private static String process(long process, String rank) {
    return rank.isEmpty() ? "Process " + process : "Rank " + rank;
  }

  /// Each reason once, behind the collectors that it hindered.
  private static String without(Map<String, String> reasons) {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                LinkedHashMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(e -> "%s (%s)".formatted(e.getValue(), e.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static String unprofiled(DrilldownRow d) {
    return "Not profiled: %s%s, called at line %d of %s (%s of that function's time)\n"
        .formatted(
            d.callee(),
            d.target().isEmpty() ? "" : " = " + d.target(),
            d.line(),
            d.function(),
            Figures.share(d.share()));
  }

  private static String difference(Profiled.DifferenceRow row) {
    return "%s spends %s of the median process's time at %s:%d in %s%s; the median process, %s.\n"
        .formatted(
            process(row.process(), row.rank()),
            Figures.share(row.place().share()),
            row.place().file(),
            row.place().line(),
            row.place().function(),
            row.waits() ? ", where it waits" : "",
            Figures.share(row.median()));
  }

  /// Native code has a name at most.
  private static String place(PlaceRow place) {
    var line = place.line() > 0 ? ":" + place.line() : "";
    var file = place.file().isEmpty() ? "" : place.file() + line + " ";
    return "%s%s (%s)".formatted(file, place.function(), Figures.share(place.share()));
  }
}
