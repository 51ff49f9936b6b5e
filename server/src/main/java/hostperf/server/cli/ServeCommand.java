package hostperf.server.cli;

import hostperf.configuration.ModelSettings;
import hostperf.host.LocalProcesses;
import hostperf.host.Orphans;
import hostperf.server.McpPrompts;
import hostperf.server.McpResources;
import hostperf.server.McpTools;
import hostperf.server.StdioServer;
import hostperf.server.Structured;
import hostperf.server.model.ModelDrafter;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf serve`: the MCP server on standard input and output.
@Command(name = "serve", description = "Serves MCP on standard input and output.")
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--read-only",
      description = "Leaves out start_run, apply_patch, validate and rollback.")
  private boolean readOnly;

  @Mixin private ModelFlags model = new ModelFlags();

  @Override
  public Integer call() {
    var installation = hostperf.installation();
    var withheld =
        model
            .settings(hostperf.checkout().root())
            .flatMap(ModelSettings::apiKeyEnv)
            .map(Set::of)
            .orElse(Set.of());
    var checkout =
        installation.checkout(hostperf.directory(), new LocalProcesses(withheld, Orphans.adopt()));
    var console = hostperf.console();
    // A stray print must not break the protocol's stream.
    System.setOut(console.err());
    var drafter =
        new ModelDrafter(
            () -> model.settings(checkout.root()),
            System.getenv(),
            () -> installation.texts().prompts().of("draft_patch"),
            installation.clock());
    var access = readOnly ? Access.READ_ONLY : Access.FULL;
    var all = new AllTools(checkout, installation.texts(), drafter, Structured::of, access);
    // Also at SIGTERM: neither jobs nor their processes outlive the server.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(all::close));
    new StdioServer(
            new McpTools(installation.errorIds()),
            new McpResources(installation.texts().references(), checkout.runs()),
            new McpPrompts(installation.texts().prompts()),
            installation.errorIds())
        .serve(all.list(), console.in(), console.out(), installation.version(), all::close);
    return ExitCode.DONE;
  }
}
