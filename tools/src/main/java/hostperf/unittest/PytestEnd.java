package hostperf.unittest;

import hostperf.host.Finished;
import hostperf.unittest.Ran.Cause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tells from how pytest ended what can be said. Exit codes as pytest documents them: 0 passed,
/// 1 failed, 2 interrupted, 3 internal error, 4 wrong use, 5 no tests
/// (https://docs.pytest.org/en/stable/reference/exit-codes.html).
record PytestEnd(Finished finished, TestCommand command, Path log) {
  private static final int FAILED = 1;
  private static final int INTERRUPTED = 2;
  private static final int WRONG_USE = 4;
  private static final int NO_TESTS = 5;
  private static final Pattern UNKNOWN_OPTIONS = Pattern.compile("unrecognized arguments: (.*)");
  private static final Pattern NOT_FOUND =
      Pattern.compile("(?m)^ERROR: ((?:file or directory )?not found: .*)");
  // Raised by `pytest.exit`, with whatever status its caller wants.
  private static final Pattern ENDED_EARLY =
      Pattern.compile(
          "(?m)^!+ (_pytest\\.outcomes\\.Exit: .*?|(?:xdist\\.\\S+ )?Interrupted:"
              + " .*?|KeyboardInterrupt|stopping after .*?) !+$");
  private static final int LAST_LINES = 3;

  /// Options of the plugins that test suites of inference engines use.
  private static final Map<String, String> PLUGINS =
      Map.of(
          "--timeout", "pytest-timeout",
          "-n", "pytest-xdist",
          "--dist", "pytest-xdist",
          "--cov", "pytest-cov",
          "--reruns", "pytest-rerunfailures",
          "--asyncio", "pytest-asyncio",
          "--forked", "pytest-forked",
          "--benchmark", "pytest-benchmark");

  Ran judged(ReadReport read, Optional<Set<String>> reads) {
    return switch (finished.end()) {
      case CANCELLED -> notRun(Cause.CANCELLED, "The tests were cancelled.", "Run them again.");
      case TIMED_OUT ->
          notRun(
              Cause.TIMED_OUT,
              "The tests did not end within %s.".formatted(said(command.limit())),
              "Look at the log for the test that hangs, run fewer tests, or raise the limit.");
      case EXITED ->
          switch (read) {
            case ReadReport.Whole(TestReport report) when finished.exitCode() != WRONG_USE ->
                reported(report, reads);
            case ReadReport.Unreadable(String why) -> unreadable(why);
            case ReadReport.Whole _, ReadReport.Missing _ -> withoutReport();
          };
    };
  }

  private Ran reported(TestReport report, Optional<Set<String>> reads) {
    var early = ENDED_EARLY.matcher(finished.output());
    if (finished.exitCode() == INTERRUPTED || early.find()) {
      return notRun(
          Cause.INTERRUPTED,
          "pytest ended before all tests had run; it last said: %s".formatted(lastLines()),
          "Read the log for what ended it. Tests that did not run do not count.");
    }
    if (finished.exitCode() == NO_TESTS || report.total() == 0) {
      return noTest("No test ran: the command collected none.");
    }
    if (report.passed() + report.failed() == 0) {
      return noTest("No test ran: all %d were skipped.".formatted(report.skipped().size()));
    }
    boolean isExpected =
        finished.exitCode() == FAILED || (finished.exitCode() == 0 && report.failed() == 0);
    if (!isExpected || (finished.exitCode() == FAILED && report.failed() == 0)) {
      return notRun(
          Cause.MISMATCH,
          "pytest ended with status %d, but its report has %d failures; it last said: %s"
              .formatted(finished.exitCode(), report.failed(), lastLines()),
          "Read the log for what failed outside the tests, or which plugin changes the status.");
    }
    return new Ran.Reported(report, finished.duration(), log, reads);
  }

  private Ran unreadable(String why) {
    return notRun(
        Cause.UNREADABLE_REPORT,
        "The test command ended with status %d, but the report that pytest wrote %s."
            .formatted(finished.exitCode(), why),
        "Look at %s.xml, and at the log for what kept pytest from writing it to its end."
            .formatted(log));
  }

  private Ran noTest(String reason) {
    return notRun(
        Cause.NO_TEST_RAN,
        reason,
        "Make sure that tests of the changed code run here; `tests.always` in hostperf.yaml names"
            + " more.");
  }

  private Ran withoutReport() {
    var output = finished.output();
    if (output.contains("No module named pytest")) {
      return notRun(
          Cause.NO_PYTEST, "The Python of the test command has no pytest.", install("pytest"));
    }
    var options = UNKNOWN_OPTIONS.matcher(output);
    if (options.find()) {
      return unknownOptions(options.group(1).strip());
    }
    var missing = NOT_FOUND.matcher(output);
    if (finished.exitCode() == WRONG_USE) {
      return notRun(
          Cause.WRONG_USE,
          "pytest could not use its arguments: %s"
              .formatted(missing.find() ? missing.group(1) : lastLines()),
          "Correct `tests` of the call, or `tests` in hostperf.yaml.");
    }
    return notRun(
        Cause.CRASHED,
        "The test command ended with status %d and left no report; it last said: %s"
            .formatted(finished.exitCode(), lastLines()),
        "Read the log. A crash of the interpreter counts as broken by the patch unless the base"
            + " crashes too.");
  }

  private Ran unknownOptions(String options) {
    var plugins =
        PLUGINS.entrySet().stream()
            .filter(
                p -> Arrays.stream(options.split("\\s+")).anyMatch(o -> o.startsWith(p.getKey())))
            .map(Map.Entry::getValue)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    return plugins.isEmpty()
        ? notRun(
            Cause.WRONG_USE,
            "pytest does not know %s.".formatted(options),
            "Correct `tests.command` in hostperf.yaml, or install the plugin that the option is"
                + " of.")
        : notRun(
            Cause.MISSING_PLUGIN,
            "pytest does not know %s, since %s is not installed.".formatted(options, plugins),
            install(plugins));
  }

  private String install(String packages) {
    var debian =
        Arrays.stream(packages.split(" "))
            .map(p -> "python3-" + p)
            .collect(Collectors.joining(" "));
    return "Install it: `%s -m pip install %s`, or on Debian `apt-get install %s`."
        .formatted(python(), packages, debian);
  }

  private String python() {
    var program = command.arguments().getFirst();
    return program.contains("python") ? program : "python3";
  }

  private String lastLines() {
    var lines = finished.output().lines().filter(l -> !l.isBlank()).toList();
    return lines.isEmpty()
        ? "nothing"
        : lines.stream()
            .skip(Math.max(0, lines.size() - LAST_LINES))
            .map(String::strip)
            .collect(Collectors.joining(" / "));
  }

  private Ran notRun(Cause cause, String reason, String next) {
    return new Ran.NotRun(cause, reason, next, log);
  }

  private static String said(Duration limit) {
    return limit.toMinutes() > 0 ? limit.toMinutes() + " minutes" : limit.toSeconds() + " seconds";
  }
}
