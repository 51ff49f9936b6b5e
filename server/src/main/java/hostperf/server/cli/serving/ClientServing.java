package hostperf.server.cli.serving;

import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.Failures;
import hostperf.tool.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a client starts hostperf for: to be served on standard input and output.
public sealed interface ClientServing permits Serving, DetachedServing {
  /// `[-C DIR] serve`, with `--read-only`, `--detach` or neither. It is read here since the library
  /// that reads every other line takes longer to load than a server.
  static Optional<ClientServing> of(String... arguments) {
    var words = List.of(arguments);
    boolean named = words.size() > 2 && words.getFirst().equals("-C");
    var directory = Path.of(named ? words.get(1) : "");
    var rest = named ? words.subList(2, words.size()) : words;
    if (rest.isEmpty() || rest.size() > 2 || !rest.getFirst().equals("serve")) {
      return Optional.empty();
    }
    var model = new ModelFlags();
    return Optional.ofNullable(
        switch (rest.size() == 1 ? "" : rest.getLast()) {
          case "" -> new Serving(directory, Access.FULL, model);
          case "--read-only" -> new Serving(directory, Access.READ_ONLY, model);
          case DetachedServing.FRONT ->
              new DetachedServing(directory, model, DetachedServing.Part.FRONT);
          case DetachedServing.WORKER ->
              new DetachedServing(directory, model, DetachedServing.Part.WORKER);
          default -> null;
        });
  }

  /// Serves until the client has gone.
  ///
  /// @return the exit code
  int serve(Installation installation, Console console);

  /// The same; failures are reported as those of any command.
  default int run(Installation installation, Console console) {
    try {
      return serve(installation, console);
    } catch (RuntimeException | Error failure) {
      return new Failures(console, installation.errorIds(), false).told(failure);
    }
  }
}
