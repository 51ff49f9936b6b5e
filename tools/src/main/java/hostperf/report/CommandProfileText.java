package hostperf.report;

import hostperf.agent.CommandProfile;
import hostperf.agent.CommandProfile.FunctionRow;
import hostperf.agent.CommandProfile.LineRow;
import hostperf.agent.CommandProfile.PlaceRow;
import java.util.stream.Collectors;

/// What the passes saw of a command: the lines that take most first, each with its source and what
/// it did.
final class CommandProfileText {
  private static final int MOST_SOURCE = 100;

  /// Below it a function waits, or runs native code without the interpreter lock.
  private static final double SELDOM_HELD = 0.2;

  private CommandProfileText() {}

  static String of(CommandProfile o) {
    var text = new StringBuilder(head(o)).append("\n\n");
    o.lines().forEach(line -> text.append(line(line)));
    if (o.linesTotal() > o.lines().size()) {
      text.append(
          "%6s  in %s more\n"
              .formatted(
                  Figures.share(o.rest()),
                  Figures.count(o.linesTotal() - o.lines().size(), "line")));
    }
    text.append('\n').append(functions(o));
    if (o.functionsTotal() > o.functions().size()) {
      text.append(
          "… and %s more\n"
              .formatted(Figures.count(o.functionsTotal() - o.functions().size(), "function")));
    }
    o.repeats().forEach(sentence -> text.append(sentence).append('\n'));
    o.outside()
        .ifPresent(
            outside ->
                text.append(
                    "Between the calls of %s: %s of the thread's time, at %s.\n"
                        .formatted(
                            o.root().function(),
                            Figures.share(outside.share()),
                            outside.places().stream()
                                .map(CommandProfileText::place)
                                .collect(Collectors.joining(", ")))));
    o.threads()
        .forEach(
            thread ->
                text.append(
                    "Thread %s of process %d was mostly at %s.\n"
                        .formatted(thread.thread(), thread.process(), place(thread.place()))));
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
    o.notLookedFor()
        .forEach((what, why) -> text.append("Not looked for: %s (%s).\n".formatted(what, why)));
    return text + RunText.list("Warning", o.warnings()) + RunText.list("File", o.files());
  }

  private static String head(CommandProfile o) {
    var root = o.root();
    var how =
        switch (root.how()) {
          case "configured" -> "as named";
          case "target_map" -> "from the target's map";
          default -> "found where the busiest thread's time divides; --root names another";
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

  private static String line(LineRow line) {
    var text =
        new StringBuilder(
            "%6s  %s:%d  %s%s\n"
                .formatted(
                    Figures.share(line.selfShare()),
                    line.file(),
                    line.line(),
                    line.function(),
                    line.hits().map(h -> ", " + Figures.count(h, "hit")).orElse("")));
    if (!line.source().isEmpty()) {
      text.append("        ").append(UntrustedText.inline(line.source(), MOST_SOURCE)).append('\n');
    }
    line.facts().forEach(fact -> text.append("        · ").append(fact).append('\n'));
    return text.toString();
  }

  private static String functions(CommandProfile o) {
    var table = new Table("own", "total", "holds the lock", "function", "file");
    for (FunctionRow f : o.functions()) {
      table.row(
          Figures.share(f.selfShare()),
          Figures.share(f.totalShare()),
          f.holdsLock().map(CommandProfileText::held).orElse(""),
          f.name(),
          f.file());
    }
    return table.text();
  }

  private static String held(double share) {
    return Figures.share(share) + (share < SELDOM_HELD ? " (waits, or native code)" : "");
  }

  private static String place(PlaceRow place) {
    return "%s:%d %s (%s)"
        .formatted(place.file(), place.line(), place.function(), Figures.share(place.share()));
  }
}
