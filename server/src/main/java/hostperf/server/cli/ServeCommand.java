package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.server.cli.serving.DetachedServing;
import hostperf.server.cli.serving.HttpFlags;
import hostperf.server.cli.serving.HttpServing;
import hostperf.server.cli.serving.ModelFlags;
import hostperf.server.cli.serving.Serving;
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

  @Option(
      names = DetachedServing.FRONT,
      description =
          "Lets work go on when the client goes: it is done by a process of its own, where the next"
              + " client finds it.")
  private boolean detach;

  @Option(names = DetachedServing.WORKER, hidden = true, description = "What --detach begins.")
  private boolean detached;

  @ArgGroup(exclusive = false)
  private @Nullable HttpFlags http;

  @Mixin private ModelFlags model = new ModelFlags();

  @Override
  public Integer call() {
    if (detach || detached) {
      return detached();
    }
    var access = readOnly ? Access.READ_ONLY : Access.FULL;
    return http == null
        ? new Serving(hostperf.given(), access, model)
            .serve(hostperf.installation(), hostperf.console())
        : new HttpServing(hostperf.given(), access, model, http)
            .serve(hostperf.installation(), hostperf.console());
  }

  private int detached() {
    if (readOnly || http != null) {
      throw new Refusal(
          readOnly
              ? "`--detach` and `--read-only` do not go together: nothing that a read-only server"
                  + " does has to outlive its client."
              : "`--detach` and `--http` do not go together: over HTTP, work outlives its client"
                  + " anyway.",
          "Leave `--detach` out.");
    }
    var part = detached ? DetachedServing.Part.WORKER : DetachedServing.Part.FRONT;
    return new DetachedServing(hostperf.given(), model, part)
        .serve(hostperf.installation(), hostperf.console());
  }
}
