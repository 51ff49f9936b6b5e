package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.console.Seat;
import hostperf.server.cli.serving.HttpFlags;
import hostperf.server.cli.serving.PageServing;
import hostperf.server.http.Doorkeeper;
import hostperf.server.http.HttpServer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf ui`: the page for people, of a checkout whose agent has a server of its own.
@Command(
    name = "ui",
    description = "Serves the page for people: runs as they go, questions and their answers.")
final class UiCommand implements Callable<Integer> {
  private static final String HOST = "127.0.0.1";

  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "On 127.0.0.1; 8640 by default, 0 for any that is free.")
  private int port = 8640;

  @Option(
      names = "--code",
      description = "Prints another code to sign in, for a page that is served already, and ends.")
  private boolean code;

  @Override
  public Integer call() {
    var serving = new PageServing(hostperf.installation(), hostperf.console());
    var _ = Seat.of(hostperf.console(), code ? "ui --code" : "ui");
    if (code) {
      serving.printCode();
      return ExitCode.DONE;
    }
    if (port < 0 || port > HttpFlags.LAST_PORT) {
      throw new Refusal(
          "--port is %d; it may be 0 to %d.".formatted(port, HttpFlags.LAST_PORT),
          "Give another one.");
    }
    var handler = serving.handler(new Doorkeeper(Set.of()), List.of(hostperf.checkout()));
    try (var server =
        new HttpServer(new HttpServer.Address(HOST, port, Optional.empty()), handler)) {
      server.start();
      serving.announce(server.place());
      server.join();
    }
    return ExitCode.DONE;
  }
}
