package hostperf.server.cli.serving;

import hostperf.host.Orphans;
import hostperf.server.StdioServer;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.ExitCode;
import hostperf.tool.Access;
import java.nio.file.Path;

/// What `hostperf serve` does on standard input and output.
///
/// @param directory as given with -C
public record Serving(Path directory, Access access, ModelFlags model) implements ClientServing {
  @Override
  public int serve(Installation installation, Console console) {
    StdioServer.getReady();
    var served = Served.of(installation, directory, access, model, Orphans.adopt());
    // A stray print must not break the protocol's stream.
    System.setOut(console.err());
    // Also at SIGTERM: neither jobs nor their processes outlive the server.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(served::close));
    new StdioServer(served.full()).serve(console.in(), console.out(), served::close);
    return ExitCode.DONE;
  }
}
