package hostperf.server.cli;

import hostperf.tool.Access;
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
      description = "Leaves out the tools that start a run, launch something or change code.")
  private boolean readOnly;

  @Mixin private ModelFlags model = new ModelFlags();

  @Override
  public Integer call() {
    return new Serving(hostperf.given(), readOnly ? Access.READ_ONLY : Access.FULL, model)
        .serve(hostperf.installation(), hostperf.console());
  }
}
