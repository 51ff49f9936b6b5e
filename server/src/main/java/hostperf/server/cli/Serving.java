package hostperf.server.cli;

import hostperf.host.Orphans;
import hostperf.server.StdioServer;
import hostperf.tool.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `hostperf serve` does on standard input and output.
///
/// @param directory as given with -C
public record Serving(Path directory, Access access, ModelFlags model) {

  /// The lines that clients start servers with, `[-C DIR] serve [--read-only]`. They are read here
  /// since the library that reads every other line takes longer to load than a server.
  public static Optional<Serving> of(String... arguments) {
    var words = List.of(arguments);
    boolean named = words.size() > 2 && words.getFirst().equals("-C");
    var rest = named ? words.subList(2, words.size()) : words;
    var access = rest.equals(List.of("serve", "--read-only")) ? Access.READ_ONLY : Access.FULL;
    if (access == Access.FULL && !rest.equals(List.of("serve"))) {
      return Optional.empty();
    }
    return Optional.of(new Serving(Path.of(named ? words.get(1) : ""), access, new ModelFlags()));
  }

  /// Serves until the client has gone; failures are told as those of any command.
  ///
  /// @return the exit code
  public int run(Installation installation, Console console) {
    try {
      return serve(installation, console);
    } catch (RuntimeException | Error failure) {
      return new Failures(console, installation.errorIds(), false).told(failure);
    }
  }

  int serve(Installation installation, Console console) {
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
