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

  /// A line that clients start servers with, `[-C DIR]` and the rest. It is read here since the
  /// library that reads every other line takes longer to load than a server.
  record Line(Path directory, List<String> rest) {
    static Line of(String... arguments) {
      var words = List.of(arguments);
      boolean named = words.size() > 2 && words.getFirst().equals("-C");
      return named
          ? new Line(Path.of(words.get(1)), words.subList(2, words.size()))
          : new Line(Path.of(""), words);
    }

    boolean says(String... words) {
      return rest.equals(List.of(words));
    }
  }

  /// `[-C DIR] serve [--read-only]`.
  public static Optional<Serving> of(String... arguments) {
    var line = Line.of(arguments);
    var access = line.says("serve", "--read-only") ? Access.READ_ONLY : Access.FULL;
    if (access == Access.FULL && !line.says("serve")) {
      return Optional.empty();
    }
    return Optional.of(new Serving(line.directory(), access, new ModelFlags()));
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
