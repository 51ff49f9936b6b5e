package hostperf.report;

import hostperf.trace.analyse.CodeLine;
import hostperf.trace.analyse.IdleCause;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the host was while the GPU was idle, a row a cause.
final class IdleCauseText {
  private static final int MOST = 5;
  private static final int FEW = 3;

  private IdleCauseText() {}

  /// Empty where none has a place.
  static String table(List<IdleCause> causes) {
    List<IdleCause> named =
        causes.stream().filter(c -> c.target().isPresent()).limit(MOST).toList();
    if (named.isEmpty()) {
      return "";
    }
    boolean haveLines = named.stream().anyMatch(c -> saysMore(c.lines()));
    var columns =
        Stream.of("idle while the host is in", "doing", "range", "idle", "share", "lines")
            .limit(haveLines ? 6 : 5);
    var table = new Table(columns.toArray(String[]::new));
    for (var c : named) {
      var cells =
          Stream.of(
                  place(c),
                  doing(c),
                  c.range().orElse("–"),
                  Figures.micros(c.usPerStep()) + " a step",
                  Figures.share(c.share()),
                  lines(c.lines()))
              .limit(haveLines ? 6 : 5);
      table.row(cells.toArray(String[]::new));
    }
    return table.text();
  }

  /// The function that the trace names, else that of the profile's first line.
  private static String place(IdleCause cause) {
    return cause
        .function()
        .map(
            f ->
                "%s %s%s"
                    .formatted(
                        f.place(),
                        bare(f.name()),
                        f.calledFrom().map(caller -> " from " + caller).orElse("")))
        .orElseGet(
            () ->
                cause.lines().getFirst().place() + " " + bare(cause.lines().getFirst().function()));
  }

  /// Than the one line that stands at the function already.
  private static boolean saysMore(List<CodeLine> lines) {
    return lines.size() > 1 || lines.stream().anyMatch(l -> l.source() == CodeLine.Source.PROFILE);
  }

  private static String bare(String function) {
    return function.replaceFirst(".*::", "");
  }

  private static String lines(List<CodeLine> lines) {
    return !saysMore(lines)
        ? "–"
        : lines.stream()
                .limit(FEW)
                .map(l -> l.place().replaceFirst(".*/", "") + " " + Figures.share(l.share()))
                .collect(Collectors.joining(", "))
            + (lines.getFirst().source() == CodeLine.Source.PROFILE ? " (profile)" : "");
  }

  private static String doing(IdleCause cause) {
    String in = cause.call().or(cause::inside).map(name -> ": " + name).orElse("");
    return switch (cause.part()) {
      case HOST_BUSY -> "own code" + in;
      case HOST_WAITING -> "waiting" + in;
      case COPYING -> "the device copies" + in;
      case ENQUEUED -> "launched there, late for another reason";
      case NO_REQUEST, UNKNOWN -> "unknown";
    };
  }
}
