package hostperf.server.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Commands and options as fish's `complete` lines.
///
/// @param all the command that the others are below
record FishCompletion(CommandSpec all) {
  String text() {
    var commands = Commands.of(all);
    var names = commands.stream().map(CommandSpec::name).collect(Collectors.joining(" "));
    var lines =
        Stream.concat(
            Stream.concat(
                commands.stream()
                    .map(
                        c ->
                            "complete -c hostperf -f -n 'not __fish_seen_subcommand_from %s' -a %s -d %s"
                                .formatted(names, c.name(), quoted(Commands.summary(c)))),
                options(all, "not __fish_seen_subcommand_from " + names)),
            commands.stream().flatMap(c -> options(c, "__fish_seen_subcommand_from " + c.name())));
    return lines.collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<String> options(CommandSpec command, String where) {
    return Commands.options(command).stream()
        .map(
            o ->
                "complete -c hostperf -n '%s'%s%s -d %s"
                    .formatted(
                        where,
                        Stream.of(o.names())
                            .map(FishCompletion::flag)
                            .collect(Collectors.joining()),
                        o.arity().max() > 0 ? " -r" : "",
                        quoted(Commands.summary(o))));
  }

  private static String flag(String name) {
    return name.startsWith("--")
        ? " -l " + name.substring(2)
        : " -%s %s".formatted(name.length() == 2 ? "s" : "o", name.substring(1));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /// What help shows of commands, for other forms of it.
  static final class Commands {
    private Commands() {}

    static List<CommandSpec> of(CommandSpec all) {
      return all.subcommands().values().stream()
          .map(CommandLine::getCommandSpec)
          .filter(c -> !c.usageMessage().hidden())
          .distinct()
          .toList();
    }

    static List<OptionSpec> options(CommandSpec command) {
      return command.options().stream().filter(o -> !o.hidden()).toList();
    }

    static String summary(CommandSpec command) {
      // picocli's own command breaks its lines with a pattern.
      return String.join(" ", command.usageMessage().description()).replace("%n", " ").strip();
    }

    static String summary(OptionSpec option) {
      return String.join(" ", option.description());
    }
  }
}
