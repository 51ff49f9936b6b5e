package hostperf.lines;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One row of `Function Timer Results`: calls, total in ms, average, least and most in µs,
/// exceptions, name.
final class TimerRow {
  private static final Pattern ROW =
      Pattern.compile(
          "\\s*(\\d+)\\s+([\\d.]+)\\s+([\\d.]+)\\s+([\\d.]+)\\s+([\\d.]+)\\s+(\\d+)\\s+(\\S.*)");

  private TimerRow() {}

  /// Empty for the header, the rule and blank lines.
  static Optional<FunctionTimer> read(String line) {
    Matcher matcher = ROW.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new FunctionTimer(
            matcher.group(7).strip(),
            ReportNumbers.count(matcher.group(1)),
            ReportNumbers.seconds(ReportNumbers.amount(matcher.group(2)) / 1e3),
            ReportNumbers.seconds(ReportNumbers.amount(matcher.group(4)) / 1e6),
            ReportNumbers.seconds(ReportNumbers.amount(matcher.group(5)) / 1e6),
            ReportNumbers.count(matcher.group(6))));
  }
}
