package hostperf.server;

import hostperf.server.cli.HostperfCommand;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.serving.ClientServing;
import hostperf.server.cli.serving.Installation;

/// Entry point of the command line.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    OwnTemporary.adopt();
    var console = new Console(System.in, System.out, System.err);
    var installation = Installation.here();
    System.exit(
        ClientServing.of(arguments)
            .map(serving -> serving.run(installation, console))
            .orElseGet(() -> HostperfCommand.run(installation, console, arguments)));
  }
}
