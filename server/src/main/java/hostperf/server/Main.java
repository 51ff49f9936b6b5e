package hostperf.server;

import hostperf.server.cli.Console;
import hostperf.server.cli.HostperfCommand;
import hostperf.server.cli.Installation;

/// Entry point of the command line.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    OwnTemporary.adopt();
    var console = new Console(System.in, System.out, System.err);
    System.exit(HostperfCommand.run(Installation.here(), console, arguments));
  }
}
