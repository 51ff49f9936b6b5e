package hostperf.lines;

import hostperf.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The states that a report goes through, line by line.
final class ReportParser {
  private static final String NUMBER = "([0-9.]+(?:[eE][-+]?[0-9]+)?)";
  private static final Pattern UNIT = Pattern.compile("Timer unit: " + NUMBER + " s");
  private static final Pattern TOTAL = Pattern.compile("Total time: " + NUMBER + " s");
  private static final Pattern FUNCTION = Pattern.compile("Function: (.*) at line (\\d+)");
  private static final Pattern SUMMARY =
      Pattern.compile("\\s*\\d+\\.\\d\\d seconds - .+:\\d+ - .+");
  /// Rounded percentages, where times are too small for their column, add up to no less.
  private static final double WHOLE = 0.9;

  private static final String TIMERS = "=== Function Timer Results";

  private enum State {
    BETWEEN,
    HEAD,
    RULE,
    TABLE,
    TIMERS
  }

  private final Path file;
  private final ReportSink sink;
  private State state = State.BETWEEN;
  private OptionalDouble unit = OptionalDouble.empty();
  private boolean sawTimers;
  private boolean sawDetails;
  private int summaries;
  private Head head = new Head();
  private Optional<ReportTable> table = Optional.empty();
  private List<LineCost> rows = new ArrayList<>();

  /// What stands above a function's table; releases before 3.0 print the total last.
  private static final class Head {
    private String file = "";
    private String name = "<unknown>";
    private OptionalDouble total = OptionalDouble.empty();
    private int line;
  }

  ReportParser(Path file, ReportSink sink) {
    this.file = file;
    this.sink = sink;
  }

  void accept(long number, String line) {
    try {
      switch (state) {
        case BETWEEN -> between(number, line);
        case HEAD -> head(number, line);
        case RULE -> rule(number, line);
        case TABLE -> table(number, line);
        case TIMERS -> timers(number, line);
      }
    } catch (NumberFormatException _) {
      throw malformed(number, quoted(line), expected());
    }
  }

  /// Where a number cannot be read.
  private String expected() {
    return state == State.TABLE
        ? "a row: line number, hits, time, per hit, % time, source"
        : "numbers of a size that a measurement has";
  }

  void end(long number) {
    if (state == State.HEAD || state == State.RULE) {
      throw malformed(
          number, "the end of the file", "the function's table, which begins with `Line #`");
    }
    if (state == State.TABLE) {
      refuseCut(number);
    }
    finish();
  }

  /// The lines of a table add up to its total.
  private void refuseCut(long number) {
    double seconds = rows.stream().mapToDouble(LineCost::seconds).sum();
    double total = head.total.orElse(0);
    if (seconds < WHOLE * total) {
      throw malformed(
          number,
          String.format(
              Locale.ROOT,
              "the end of the file after lines with %.3g s of the %.3g s of `%s`",
              seconds,
              total,
              head.name),
          "the rest of its table");
    }
  }

  /// Whether a report has begun.
  boolean sawReport() {
    return unit.isPresent() || sawTimers;
  }

  /// Whether a function came with its lines, or timed as a whole.
  boolean sawDetails() {
    return sawDetails || sawTimers;
  }

  /// How many functions the summary names.
  int summaries() {
    return summaries;
  }

  private void between(long number, String line) {
    if (line.startsWith("Timer unit:")) {
      unit = OptionalDouble.of(value(UNIT, line, number, "`Timer unit: 1e-09 s`"));
    } else if (line.startsWith(TIMERS)) {
      sawTimers = true;
      state = State.TIMERS;
    } else if (line.startsWith("Total time:") || (line.startsWith("File: ") && unit.isPresent())) {
      if (unit.isEmpty()) {
        throw malformed(number, quoted(line), "`Timer unit: … s` before the first function");
      }
      head = new Head();
      state = State.HEAD;
      head(number, line);
    } else if (SUMMARY.matcher(line).matches()) {
      summaries++;
    }
  }

  private void head(long number, String line) {
    if (line.startsWith("Total time:")) {
      head.total = OptionalDouble.of(value(TOTAL, line, number, "`Total time: 0.25 s`"));
    } else if (line.startsWith("File: ")) {
      head.file = line.substring("File: ".length());
    } else if (line.startsWith("Could not find file ")) {
      head.file = line.substring("Could not find file ".length());
    } else if (line.startsWith("Function: ")) {
      Matcher matcher = FUNCTION.matcher(line);
      if (!matcher.matches()) {
        throw malformed(number, quoted(line), "`Function: NAME at line N`");
      }
      head.name = matcher.group(1);
      head.line = ReportNumbers.line(matcher.group(2));
    } else if (ReportTable.isHeader(line)) {
      openTable(number, line);
    } else if (!line.isBlank() && !isAdvice(line)) {
      throw malformed(
          number, quoted(line), "`File: …`, `Function: … at line N` or the header `Line # …`");
    }
  }

  private void openTable(long number, String header) {
    if (head.file.isEmpty() || head.total.isEmpty()) {
      throw malformed(number, quoted(header), "`Total time: … s` and `File: …` above a table");
    }
    table = Optional.of(ReportTable.of(header, unit.orElseThrow(), head.total.getAsDouble()));
    rows = new ArrayList<>();
    state = State.RULE;
  }

  private void rule(long number, String line) {
    if (!line.startsWith("====")) {
      throw malformed(number, quoted(line), "a rule of `=`");
    }
    state = State.TABLE;
  }

  private void table(long number, String line) {
    if (line.isBlank()) {
      finish();
      return;
    }
    if (line.startsWith("Total time:") || line.startsWith("Timer unit:")) {
      finish();
      between(number, line);
      return;
    }
    rows.add(table.orElseThrow().row(line));
  }

  private void finish() {
    if (state == State.TABLE) {
      sawDetails = true;
      int line = head.line == 0 && !rows.isEmpty() ? rows.getFirst().line() : head.line;
      sink.function(new FunctionProfile(head.name, head.file, line, head.total.orElse(0), rows));
    }
    state = State.BETWEEN;
  }

  private void timers(long number, String line) {
    if (line.startsWith("Total time:")) {
      state = State.BETWEEN;
      between(number, line);
    } else if (line.startsWith("Timer unit:") && line.strip().endsWith(" s")) {
      state = State.BETWEEN;
      between(number, line);
    } else {
      TimerRow.read(line).ifPresent(sink::timer);
    }
  }

  private static boolean isAdvice(String line) {
    return line.startsWith("Are you sure you are running this program")
        || line.startsWith("that you ran the profiler from")
        || line.startsWith("Continuing without the function's contents");
  }

  private double value(Pattern pattern, String line, long number, String expected) {
    Matcher matcher = pattern.matcher(line.stripTrailing());
    if (matcher.matches()) {
      return ReportNumbers.seconds(ReportNumbers.amount(matcher.group(1)));
    }
    throw malformed(number, quoted(line), expected);
  }

  private Refusal malformed(long number, String found, String expected) {
    return new Refusal(
        file + ", line " + number + ": found " + found + ", expected " + expected + ".",
        "Profile again, or give an undamaged text report of line_profiler.");
  }

  private static String quoted(String line) {
    return "`" + (line.length() > 80 ? line.substring(0, 80) + "…" : line) + "`";
  }
}
