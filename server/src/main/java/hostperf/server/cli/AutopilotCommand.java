package hostperf.server.cli;

import hostperf.configuration.Configuration;
import hostperf.server.Structured;
import hostperf.server.autopilot.AutopilotResult;
import hostperf.server.autopilot.AutopilotSession;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.serving.ModelFlags;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf autopilot`: the loop without an agent, for nightly jobs.
@Command(
    name = "autopilot",
    description = "Drives the whole loop itself, with or without a language model.")
final class AutopilotCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many patches may be tried; max_rounds of hostperf.yaml by default.")
  private @Nullable Integer rounds;

  @Option(
      names = "--approval",
      paramLabel = "MODE",
      converter = ApprovalMode.class,
      description =
          "ask, zero-risk or never: which patches need a person. Overrides hostperf.yaml; all but"
              + " `ask` also approve its commands. What the audit flags always needs a person.")
  private Configuration.@Nullable Mode approval;

  @Option(names = "--dry-run", description = "Says what would be tried first; changes nothing.")
  private boolean dry;

  @Option(names = "--json", description = "Prints the result as JSON; progress goes to stderr.")
  private boolean json;

  @Mixin private ModelFlags model = new ModelFlags();

  @Override
  public Integer call() {
    var console = hostperf.console();
    var checkout = hostperf.checkout();
    var story = json ? console.err() : console.out();
    var settings = model.settings(checkout.root());
    // A missing key is told before anything is started.
    settings.ifPresent(s -> s.key(System.getenv()));
    var mode =
        Optional.ofNullable(approval).orElseGet(() -> checkout.configuration().rules().approval());
    var installation = hostperf.installation();
    var request =
        new AutopilotSession.Request(Optional.ofNullable(rounds), mode, approval != null, dry);
    var terminal = terminal();
    // Under `zero-risk` with nobody there, no draft by a model could be applied.
    boolean usesModel = mode != Configuration.Mode.ZERO_RISK || terminal.isPresent();
    var resources =
        new AutopilotSession.Resources(
            installation.launcher(),
            usesModel ? model.arguments() : List.of("--no-model"),
            usesModel ? settings : Optional.empty(),
            () -> installation.texts().prompts().of("choose_option"),
            terminal,
            story);
    if (approval != null && approval != Configuration.Mode.ASK) {
      story.println("--approval also approves the commands of this checkout's hostperf.yaml.");
    }
    settings.ifPresent(
        s ->
            story.println(
                usesModel
                    ? "Model: " + s.words()
                    : "No model: no one is here to approve its drafts."));
    var hook = new Thread(() -> story.println("\nInterrupted: `hostperf autopilot` goes on."));
    Runtime.getRuntime().addShutdownHook(hook);
    var result = new AutopilotSession(checkout, request, resources).run();
    var _ = Runtime.getRuntime().removeShutdownHook(hook);
    if (json) {
      console.out().println(Structured.json(Structured.fields(result)));
    } else {
      print(result);
    }
    return code(result);
  }

  /// A pipe or a job's standard input is no person.
  private Optional<BufferedReader> terminal() {
    var seat = Optional.ofNullable(System.console());
    boolean isTerminal = seat.filter(java.io.Console::isTerminal).isPresent();
    return isTerminal
        ? Optional.of(
            new BufferedReader(
                new InputStreamReader(hostperf.console().in(), StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private static int code(AutopilotResult result) {
    return switch (result.end().kind()) {
      case STOPPED, WAITS -> ExitCode.INCONCLUSIVE;
      case LOOKED -> ExitCode.DONE;
      case DONE -> result.kept() > 0 ? ExitCode.DONE : ExitCode.NEGATIVE;
    };
  }

  private void print(AutopilotResult result) {
    var out = hostperf.console().out();
    out.printf("%n%s ended: %s.%n", result.runId(), result.end().why().replaceFirst("\\.$", ""));
    result.refused().forEach(r -> out.println("Refused: " + r));
    out.printf("%d kept.%n", result.kept());
    result.speedup().ifPresent(s -> out.printf(Locale.ROOT, "Speedup %.2f, re-measured.%n", s));
    result.report().forEach(f -> out.println("Report: " + f));
    if (result.kept() > 0) {
      out.println("To merge: hostperf finish " + result.runId());
    }
  }
}
