package hostperf.server.cli;

import hostperf.tool.Access;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf runs`: the runs of a checkout.
@Command(name = "runs", description = "Lists the runs of the checkout.")
final class RunsCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    return hostperf.console().answer(hostperf.tool("status", Map.of(), Access.READ_ONLY), json);
  }
}
