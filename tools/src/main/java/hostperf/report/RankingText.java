package hostperf.report;

import hostperf.profile.Sampler;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.Shares;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Where time goes by samples, as a terminal shows it.
public final class RankingText {
  private static final int MOST_FUNCTIONS = 10;
  private static final int MOST_LINES = 10;

  /// Below it a function waits, or runs native code without the interpreter lock.
  private static final double SELDOM_HELD = 0.2;

  private final Ranking ranking;
  private final Path directory;

  /// @param directory paths below it are shown relative to it
  public RankingText(Ranking ranking, Path directory) {
    this.ranking = ranking;
    this.directory = directory;
  }

  /// The whole answer.
  public String text(Sampler.Sampled sampled) {
    var text = new StringBuilder();
    text.append(head()).append("\n\n");
    text.append(functions()).append('\n');
    text.append(lines()).append('\n');
    outside().ifPresent(line -> text.append(line).append('\n'));
    text.append(threads());
    for (var remark : sampled.remarks()) {
      text.append(remark).append('\n');
    }
    text.append("Samples: ")
        .append(sampled.files().stream().map(Path::toString).collect(Collectors.joining(", ")))
        .append('\n');
    return text.toString();
  }

  private String head() {
    var root = ranking.root();
    var how =
        switch (root.how()) {
          case CONFIGURED -> "as configured";
          case TARGET_MAP -> "from the target's map";
          case FOUND -> "found: the busiest thread's time divides there; --root names another";
        };
    var warmUp =
        ranking.warmUp() > 0
            ? "; the first %s of its time differ and are left out"
                .formatted(Figures.share(ranking.warmUp()))
            : "";
    return "Root: %s (%s), %s in %,d samples%s."
        .formatted(
            root.function(),
            how,
            Figures.seconds(ranking.shares().weight()),
            ranking.samples(),
            warmUp);
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

  private String lines() {
    var table = new Table("own", "total", "line");
    ranking.shares().lines().stream()
        .filter(line -> !isRoot(line))
        .sorted((a, b) -> Double.compare(b.own(), a.own()))
        .limit(MOST_LINES)
        .forEach(
            line ->
                table.row(
                    Figures.share(line.own()),
                    Figures.share(line.total()),
                    "%s:%d %s"
                        .formatted(
                            place(line.place().file()),
                            line.place().line(),
                            line.place().function())));
    return table.text();
  }

  private boolean isRoot(Shares.LineShare line) {
    Root root = ranking.root();
    return line.own() == 0 && line.place().function().equals(root.function());
  }

  private java.util.Optional<String> outside() {
    if (ranking.outsideShare() < 0.01) {
      return java.util.Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (var line : ranking.outside()) {
      parts.add(
          "%s:%d %s"
              .formatted(
                  place(line.place().file()), line.place().line(), Figures.share(line.own())));
    }
    return java.util.Optional.of(
        "Outside the root, between its calls: %s of the thread's time, at %s."
            .formatted(Figures.share(ranking.outsideShare()), String.join(", ", parts)));
  }

  private String threads() {
    var text = new StringBuilder();
    for (var thread : ranking.threads()) {
      if (!thread.root()) {
        text.append(
            "Thread %s of process %d: %s of its time at %s:%d %s.%n"
                .formatted(
                    thread.thread(),
                    thread.process(),
                    Figures.share(thread.mostShare()),
                    place(thread.most().file()),
                    thread.most().line(),
                    thread.most().function()));
      }
    }
    return text.toString();
  }

  private String place(String file) {
    var path = Path.of(file);
    return path.isAbsolute() && path.startsWith(directory)
        ? directory.relativize(path).toString()
        : file;
  }
}
