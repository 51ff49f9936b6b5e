package hostperf.report.run;

import hostperf.report.UntrustedText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Text from outside, made harmless inside Markdown as code hosts read it: no HTML, no links or
/// images, no mentions, no broken table rows.
final class RunReportMarkup {
  private static final int LINE = 2000;

  private RunReportMarkup() {}

  /// Running text on one line.
  static String text(String raw) {
    var out = new StringBuilder();
    for (char c : UntrustedText.line(raw, LINE).toCharArray()) {
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '@' -> out.append("&#64;");
        case '#' -> out.append("&#35;");
        case '\\', '`', '*', '_', '[', ']', '|', '>', '~', '!' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /// A sentence that may name code between single backticks, which stays code.
  static String sentence(String raw) {
    String[] parts = UntrustedText.line(raw, 2000).split("`", -1);
    if (parts.length % 2 == 0 || raw.contains("``")) {
      return text(raw);
    }
    return IntStream.range(0, parts.length)
        .mapToObj(i -> i % 2 == 0 ? text(parts[i]) : code(parts[i]))
        .collect(Collectors.joining());
  }

  /// Code within a line; in a table's cell the border is escaped too.
  static String code(String raw) {
    String line = UntrustedText.line(raw.strip(), LINE);
    String ticks = ticks(line, 1);
    String space = line.startsWith("`") || line.endsWith("`") || line.isEmpty() ? " " : "";
    return ticks + space + line.replace("|", "\\|") + space + ticks;
  }

  /// A block of code, fenced by more backticks than it has itself.
  static String block(String language, String raw) {
    String body = UntrustedText.block(raw, 20_000);
    String ticks = ticks(body, 3);
    return "%s%s\n%s\n%s\n".formatted(ticks, language, body.stripTrailing(), ticks);
  }

  private static String ticks(String text, int least) {
    String ticks = "`".repeat(least);
    while (text.contains(ticks)) {
      ticks += "`";
    }
    return ticks;
  }
}
