package hostperf.report;

/// A unified diff with its added and removed lines set off.
final class RunReportDiff {
  private RunReportDiff() {}

  static String html(String diff) {
    var out = new RunReportHtml().open("pre class=\"diff\" tabindex=\"0\"");
    diff.stripTrailing()
        .lines()
        .forEach(line -> out.leaf("span class=\"" + kind(line) + "\"", line));
    return out.end().toString();
  }

  private static String kind(String line) {
    if (line.startsWith("diff ") || line.startsWith("+++") || line.startsWith("---")) {
      return "file";
    }
    if (line.startsWith("@@")) {
      return "hunk";
    }
    if (line.startsWith("+")) {
      return "added";
    }
    return line.startsWith("-") ? "removed" : "same";
  }
}
