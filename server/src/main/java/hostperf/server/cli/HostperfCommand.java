package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.agent.Outcome;
import hostperf.agent.Tool;
import hostperf.job.Checkout;
import hostperf.journal.RunId;
import hostperf.propose.Drafter;
import hostperf.server.InputType;
import hostperf.server.Structured;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.Failures;
import hostperf.server.cli.console.TerminalCaller;
import hostperf.server.cli.serving.Installation;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import hostperf.trace.sqlite.SqliteFile;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hostperf`: the options that all commands share, and where they find what they work on.
@Command(
    name = "hostperf",
    description = "Finds and removes host overhead in LLM engines, round by round.",
    mixinStandardHelpOptions = true,
    // So that every command has --help.
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CommandLine.HelpCommand.class,
      ServeCommand.class,
      TokenCommand.class,
      UiCommand.class,
      DemoCommand.class,
      InitCommand.class,
      DoctorCommand.class,
      ProfileCommand.class,
      ClassifyCommand.class,
      OptionsCommand.class,
      DetectCommand.class,
      CompareTracesCommand.class,
      CompareCommand.class,
      TrustCommand.class,
      ApprovalsCommand.class,
      ApproveCommand.class,
      DenyCommand.class,
      RunsCommand.class,
      StatusCommand.class,
      RecoverCommand.class,
      ReportCommand.class,
      FinishCommand.class,
      ScoreCommand.class,
      ProveCommand.class,
      AutopilotCommand.class,
      CompletionCommand.class,
    })
public final class HostperfCommand {
  @Option(
      names = "-C",
      paramLabel = "DIR",
      description = "The checkout; the current directory by default.")
  private Path directory = Path.of("");

  private final Installation installation;
  private final Console console;

  public HostperfCommand(Installation installation, Console console) {
    this.installation = installation;
    this.console = console;
  }

  /// Runs one command line and gives its exit code.
  public static int run(Installation installation, Console console, String... arguments) {
    if (Stream.of(arguments).anyMatch(a -> a.endsWith(".sqlite"))) {
      SqliteFile.prepare();
    }
    var line = new CommandLine(new HostperfCommand(installation, console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    if ("dumb".equals(System.getenv("TERM"))) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
    line.getCommandSpec()
        .versionProvider(
            () -> new String[] {"hostperf " + Build.described(installation.version())});
    var failures = new Failures(console, installation.errorIds(), wantsJson(arguments));
    line.setExecutionExceptionHandler((failure, _, _) -> failures.told(failure));
    var usual = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler(
        (e, words) -> {
          failures.misspelled(String.valueOf(e.getMessage()));
          return usual.handleParseException(e, words);
        });
    try {
      int code = line.execute(arguments);
      // The client of `serve` may go as it likes.
      boolean isServe = List.of(arguments).contains("serve");
      return isServe || !console.out().checkError() ? code : failures.unheard();
    } catch (Error e) {
      return failures.told(e);
    }
  }

  /// Before the line could be read; what follows `--` is another program's.
  private static boolean wantsJson(String... arguments) {
    return Stream.of(arguments).takeWhile(a -> !a.equals("--")).anyMatch("--json"::equals);
  }

  Console console() {
    return console;
  }

  Installation installation() {
    return installation;
  }

  /// What -C names, as given.
  Path given() {
    return directory;
  }

  /// The folder that commands about files start from.
  Path directory() {
    return Installation.folder(directory);
  }

  /// Calls a tool as a client would, with the person at the terminal.
  ///
  /// @param access `READ_ONLY` for commands that only look
  Outcome tool(String name, Map<String, Object> arguments, Access access) {
    try (var tools =
        new AllTools(checkout(), installation.texts(), Drafter.NONE, Structured::of, access)) {
      return call(tools.named(name), arguments);
    }
  }

  private <I extends Record> Outcome call(Tool<I> tool, Map<String, Object> arguments) {
    var input = new InputType<>(tool.declaration().input());
    return tool.call(
        input.value(tool.declaration().name(), arguments), new TerminalCaller(console));
  }

  /// A run of this checkout; refused where there is none of that id.
  RunId run(String given) {
    var known = checkout().runs().known().stream().map(RunId::value).toList();
    if (!known.contains(given)) {
      throw new Refusal(
          "There is no run '%s' in this checkout; there are %s."
              .formatted(given, known.isEmpty() ? "none" : String.join(", ", known)),
          "Run `hostperf runs` to list them.");
    }
    return new RunId(given);
  }

  Checkout checkout() {
    return installation.checkout(directory());
  }
}
