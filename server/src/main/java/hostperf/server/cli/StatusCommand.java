package hostperf.server.cli;

import hostperf.tool.Access;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf status`: where a run stands.
@Command(name = "status", description = "Says where a run stands, or lists the runs.")
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "As `hostperf runs` lists it; all runs without it.")
  private Optional<String> run = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, Object> arguments =
        run.<Map<String, Object>>map(r -> Map.of("run_id", hostperf.run(r).value()))
            .orElse(Map.of());
    return hostperf.console().answer(hostperf.tool("status", arguments, Access.READ_ONLY), json);
  }
}
