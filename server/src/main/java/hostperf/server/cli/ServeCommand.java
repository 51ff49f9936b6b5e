package hostperf.server.cli;

import hostperf.tool.Access;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf serve`: the MCP server on standard input and output, or over HTTP.
@Command(name = "serve", description = "Serves MCP on standard input and output, or over HTTP.")
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--read-only",
      description = "Leaves out the tools that start a run, launch something or change code.")
  private boolean readOnly;

  @ArgGroup(exclusive = false)
  private @Nullable HttpFlags http;

  @Mixin private ModelFlags model = new ModelFlags();

  @Override
  public Integer call() {
    var access = readOnly ? Access.READ_ONLY : Access.FULL;
    return http == null
        ? new Serving(hostperf.given(), access, model)
            .serve(hostperf.installation(), hostperf.console())
        : new HttpServing(hostperf.given(), access, model, http)
            .serve(hostperf.installation(), hostperf.console());
  }
}
