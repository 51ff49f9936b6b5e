package hostperf.configuration;

import hostperf.execution.Execution;
import hostperf.host.Redactor;
import hostperf.profile.Point;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person reads before a configuration is allowed: what it lets happen, the rules first, and
/// then the whole file.
public final class ConfigurationText {
  /// Of the first line, which clients cut.
  private static final int LONGEST_COMMAND = 100;

  private ConfigurationText() {}

  public static String of(Configuration configuration) {
    var rules = configuration.rules();
    var workload = configuration.workload();
    var testing = configuration.testing();
    var text = new StringBuilder();
    text.append(
        "Allow this hostperf.yaml (%d lines, approval: %s)? It runs %s\n\n"
            .formatted(
                lines(configuration),
                mode(rules.approval()),
                brief(Redactor.shown(workload.command()))));
    text.append("A run starts these commands, many times, with your rights.\n\n");
    line(text, "approval", mode(rules.approval()) + ": " + meaning(rules.approval()));
    line(text, "editable", String.join("  ", rules.editable()));
    if (!rules.guarded().isEmpty()) {
      line(
          text,
          "protected",
          String.join("  ", rules.guarded()) + ", in addition to the built-in list");
    }
    line(text, "max_rounds", String.valueOf(rules.maxRounds()));
    line(text, "workload", Redactor.shown(workload.command()).toString());
    line(text, "  in", workload.directory().toString());
    executed(configuration.execution()).ifPresent(words -> line(text, "  through", words));
    for (Point point : configuration.points()) {
      line(
          text,
          "  at " + point.name(),
          "… %s%s"
              .formatted(
                  String.join(
                      " ",
                      Redactor.shown(workload.at(point).command())
                          .subList(
                              workload.command().size(),
                              workload.command().size() + point.append().size())),
                  point.environment().isEmpty() ? "" : "  " + shown(point.environment())));
    }
    line(text, "tests", Redactor.shown(testing.command()).toString());
    if (!testing.always().isEmpty()) {
      line(text, "  always", testing.always().toString());
    }
    line(
        text,
        "environment",
        workload.environment().isEmpty()
            ? "nothing set by this file"
            : shown(workload.environment()));
    line(text, "endpoint", configuration.model().map(ModelSettings::words).orElse("none"));
    text.append("\nThe whole file:\n").append(numbered(configuration.shownText()));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-12s %s\n", name, value.replaceAll("\\R", " ")));
  }

  private static long lines(Configuration configuration) {
    return configuration.source().text().lines().count();
  }

  private static String mode(Configuration.Mode mode) {
    return Section.spelled(mode);
  }

  private static String meaning(Configuration.Mode mode) {
    return switch (mode) {
      case ASK -> "every patch needs your approval";
      case ZERO_RISK -> "the server's own drafts of zero risk are applied without asking you";
      case NEVER -> "patches are applied without asking you, except those that the audit flags";
    };
  }

  private static Optional<String> executed(Execution execution) {
    return switch (execution) {
      case Execution.Local _ -> Optional.empty();
      case Execution.Prefix prefix -> Optional.of(Redactor.shown(prefix.words()) + ", tests too");
      case Execution.Slurm slurm ->
          Optional.of(
              "Slurm, one job of %d nodes and %d tasks, requested with %s%s; tests as one task"
                  .formatted(
                      slurm.nodes(), slurm.tasks(), slurm.request(), launched(slurm.steps())));
    };
  }

  private static String launched(Execution.Steps steps) {
    return (steps.options().isEmpty() ? "" : "; each launch with " + steps.options())
        + steps.image().map(image -> "; in the container " + image).orElse("")
        + (steps.words().isEmpty() ? "" : "; behind " + Redactor.shown(steps.words()));
  }

  private static String brief(List<String> command) {
    var line = String.join(" ", command).replaceAll("\\s+", " ");
    return line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND) + "…";
  }

  private static String shown(Map<String, String> environment) {
    return Redactor.shown(environment).entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("  "));
  }

  /// With a number before each line, so that no line of the file passes for one of ours.
  private static String numbered(String file) {
    var text = new StringBuilder();
    int number = 0;
    for (var line : file.lines().toList()) {
      text.append(String.format(Locale.ROOT, "%4d | %s\n", ++number, line));
    }
    return text.toString();
  }
}
