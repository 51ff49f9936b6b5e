package hostperf.server;

import hostperf.server.cli.Console;
import hostperf.server.cli.DetachedServing;
import hostperf.server.cli.HostperfCommand;
import hostperf.server.cli.Installation;
import hostperf.server.cli.Serving;

/// Entry point of the command line.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    OwnTemporary.adopt();
    var console = new Console(System.in, System.out, System.err);
    var installation = Installation.here();
    System.exit(
        Serving.of(arguments)
            .map(serving -> serving.run(installation, console))
            .or(() -> DetachedServing.of(arguments).map(s -> s.run(installation, console)))
            .orElseGet(() -> HostperfCommand.run(installation, console, arguments)));
  }
}
