package hostperf.server.cli;

import hostperf.configuration.ModelSettings;
import hostperf.host.LocalProcesses;
import hostperf.host.Orphans;
import hostperf.server.Completions;
import hostperf.server.McpPrompts;
import hostperf.server.McpResources;
import hostperf.server.McpTools;
import hostperf.server.StdioServer;
import hostperf.server.Structured;
import hostperf.server.model.ModelDrafter;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `hostperf serve` does.
///
/// @param directory as given with -C
public record Serving(Path directory, Access access, ModelFlags model) {

  /// The lines that clients start servers with, `[-C DIR] serve [--read-only]`. They are read here
  /// since the library that reads every other line takes longer to load than a server.
  public static Optional<Serving> of(String... arguments) {
    var words = List.of(arguments);
    boolean named = words.size() > 2 && words.getFirst().equals("-C");
    var rest = named ? words.subList(2, words.size()) : words;
    var access = rest.equals(List.of("serve", "--read-only")) ? Access.READ_ONLY : Access.FULL;
    if (access == Access.FULL && !rest.equals(List.of("serve"))) {
      return Optional.empty();
    }
    return Optional.of(new Serving(Path.of(named ? words.get(1) : ""), access, new ModelFlags()));
  }

  /// Serves until the client has gone; failures are told as those of any command.
  ///
  /// @return the exit code
  public int run(Installation installation, Console console) {
    try {
      return serve(installation, console);
    } catch (RuntimeException | Error failure) {
      return new Failures(console, installation.errorIds(), false).told(failure);
    }
  }

  int serve(Installation installation, Console console) {
    var folder = Installation.folder(directory);
    var root = installation.checkout(folder).root();
    var withheld =
        model.settings(root).flatMap(ModelSettings::apiKeyEnv).map(Set::of).orElse(Set.of());
    var checkout = installation.checkout(folder, new LocalProcesses(withheld, Orphans.adopt()));
    // A stray print must not break the protocol's stream.
    System.setOut(console.err());
    var drafter =
        new ModelDrafter(
            () -> model.settings(root),
            System.getenv(),
            () -> installation.texts().prompts().of("draft_patch"),
            installation.clock());
    var all = new AllTools(checkout, installation.texts(), drafter, Structured::of, access);
    // Also at SIGTERM: neither jobs nor their processes outlive the server.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(all::close));
    new StdioServer(
            new McpTools(installation.errorIds()),
            new McpResources(installation.texts().references(), checkout.runs()),
            new McpPrompts(installation.texts().prompts()),
            new Completions(
                installation.texts().references(),
                checkout.runs(),
                installation.texts().prompts()),
            installation.errorIds())
        .serve(all.list(), console.in(), console.out(), installation.version(), all::close);
    return ExitCode.DONE;
  }
}
