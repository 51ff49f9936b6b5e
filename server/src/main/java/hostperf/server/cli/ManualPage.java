package hostperf.server.cli;

import hostperf.server.cli.FishCompletion.Commands;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The help of all commands as a page of the manual, for man(1).
///
/// @param all the command that the others are below
record ManualPage(CommandSpec all, String version) {
  String text() {
    var parts =
        Stream.of(
            Stream.of(
                ".TH HOSTPERF 1 \"\" \"hostperf %s\" \"hostperf\"".formatted(escaped(version)),
                ".SH NAME",
                "hostperf \\- " + escaped(lower(Commands.summary(all))),
                ".SH SYNOPSIS",
                ".B hostperf",
                "[\\-C \\fIDIR\\fR] \\fICOMMAND\\fR [\\fIargument\\fR ...]",
                ".SH OPTIONS"),
            options(all),
            Stream.of(".SH COMMANDS"),
            Commands.of(all).stream().flatMap(ManualPage::command),
            Stream.of(
                ".SH EXIT STATUS",
                ".TP",
                "0",
                "Done.",
                ".TP",
                "1",
                "The answer is negative: something is missing, or got slower.",
                ".TP",
                "2",
                "Wrong use.",
                ".TP",
                "3",
                "Could not look, or inconclusive.",
                ".SH FILES",
                ".TP",
                "hostperf.yaml",
                "What to run and to measure in a checkout.",
                ".TP",
                ".hostperf/",
                "Runs, profiles and reports of a checkout."));
    return parts.flatMap(s -> s).collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<String> command(CommandSpec command) {
    var places =
        command.positionalParameters().stream()
            .filter(p -> !p.hidden())
            .map(ManualPage::place)
            .collect(Collectors.joining(" "));
    return Stream.concat(
        Stream.of(
            ".SS hostperf %s%s"
                .formatted(escaped(command.name()), places.isEmpty() ? "" : " " + escaped(places)),
            escaped(Commands.summary(command))),
        options(command));
  }

  private static String place(PositionalParamSpec place) {
    var shown = place.arity().max() > 1 ? place.paramLabel() + "..." : place.paramLabel();
    return place.required() ? shown : "[" + shown + "]";
  }

  private static Stream<String> options(CommandSpec command) {
    // The shared ones stand at the top.
    return Commands.options(command).stream()
        .filter(o -> command.parent() == null || !o.inherited() && !isHelp(o))
        .flatMap(
            o ->
                Stream.of(
                    ".TP",
                    "\\fB%s\\fR%s"
                        .formatted(
                            escaped(String.join(", ", o.names())),
                            o.arity().max() > 0 ? " \\fI" + escaped(o.paramLabel()) + "\\fR" : ""),
                    escaped(Commands.summary(o))));
  }

  private static boolean isHelp(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static String lower(String sentence) {
    var plain = sentence.replaceFirst("\\.$", "");
    return plain.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + plain.substring(1);
  }

  /// A point or quote at a line's beginning is a command of roff.
  private static String escaped(String text) {
    return Arrays.stream(text.replace("\\", "\\e").replace("-", "\\-").split("\n", -1))
        .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
        .collect(Collectors.joining("\n"));
  }
}
