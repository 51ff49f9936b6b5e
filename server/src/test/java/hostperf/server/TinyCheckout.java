package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.Sha256;
import hostperf.approval.TrustedConfigurations;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.python.PythonSetup;
import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A git checkout of the tiny engine, as a user would have it, and servers on it.
public record TinyCheckout(Path root, Path home) {
  /// Approves whatever is asked.
  static final ServerSession.Person YES =
      _ ->
          new McpSchema.ElicitResult(
              McpSchema.ElicitResult.Action.ACCEPT, Map.of("decision", "approve"), null);

  /// Samples of it, as a sampler leaves them.
  static final String STACKS =
      """
      <module> (bench.py:7);step (tiny/engine.py:20);banned (tiny/engine.py:10) 60
      <module> (bench.py:7);step (tiny/engine.py:22) 30
      <module> (bench.py:7) 10
      """;

  /// An edit of the engine that makes its steps much faster and changes nothing else.
  static final Map<String, String> HOIST =
      Map.of(
          "file",
          "tiny/engine.py",
          "old",
          "        for token in tokens:\n            if token in self.config.banned:\n",
          "new",
          "        banned = self.config.banned\n        for token in tokens:\n"
              + "            if token in banned:\n");

  static TinyCheckout in(Path folder) throws IOException {
    return of(Golden.root().resolve("server/src/test/python/tiny-engine"), folder);
  }

  /// A checkout of another engine's files.
  static TinyCheckout of(Path from, Path folder) throws IOException {
    var root = folder.resolve("checkout");
    var python =
        new PythonSetup(new LocalProcesses(), System.getenv(), System.err::println).python();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().contains("__pycache__")) {
          var target = root.resolve(from.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.writeString(
              target, Files.readString(file).replace("PYTHON,", python.toString() + ","));
        }
      }
    }
    var checkout = new TinyCheckout(root, folder.resolve("home"));
    checkout.git("init", "-q", "-b", "main");
    checkout.git("add", ".");
    checkout.commit("The engine");
    return checkout;
  }

  /// Runs git as the user.
  String git(String... arguments) {
    var command =
        Stream.concat(
                Stream.of("git", "-c", "user.name=user", "-c", "user.email=user@localhost"),
                Stream.of(arguments))
            .toArray(String[]::new);
    var finished = new LocalProcesses().run(new Command(root, Duration.ofSeconds(30), command));
    assertThat(finished.exitCode())
        .withFailMessage("git %s: %s", List.of(arguments), finished.output())
        .isZero();
    return finished.output().strip();
  }

  void commit(String message) {
    git("-c", "commit.gpgsign=false", "commit", "-q", "--no-verify", "-m", message);
  }

  /// As if a person had allowed its configuration before.
  void trust() throws IOException {
    new TrustedConfigurations(home.resolve("hostperf/trusted"))
        .add(root, Sha256.of(read("hostperf.yaml")));
  }

  /// For servers that live for seconds. They have a queue for the machine of their own, so that
  /// they do not wait for what other tests launch.
  public static Map<String, String> environment(Path home) {
    return Map.of(
        "XDG_CONFIG_HOME",
        home.toString(),
        "XDG_STATE_HOME",
        home.resolve("state").toString(),
        "HOSTPERF_TIER",
        "1");
  }

  /// A client whose person says yes.
  ServerSession connect() {
    return connect(YES);
  }

  ServerSession connect(ServerSession.Person person) {
    return connect(person, _ -> {});
  }

  /// @param progress gets every line of progress
  ServerSession connect(ServerSession.Person person, Consumer<String> progress) {
    return ServerSession.open(
        Golden.root().resolve("hostperf"), root, environment(home), "test", person, progress);
  }

  /// Runs hostperf on it, as a script would.
  Finished hostperf(String... arguments) {
    return hostperfIn(List.of(), arguments);
  }

  /// Runs hostperf on it in a terminal in which a person answers the prompt.
  Finished hostperfTyping(String typed, String... arguments) {
    var python =
        new PythonSetup(new LocalProcesses(), System.getenv(), System.err::println).python();
    var script = Golden.root().resolve("server/src/test/python/terminal/type_at_prompt.py");
    return hostperfIn(List.of(python.toString(), script.toString(), typed), arguments);
  }

  private Finished hostperfIn(List<String> before, String... arguments) {
    var launcher = Golden.root().resolve("hostperf").toString();
    var command =
        Stream.of(before.stream(), Stream.of(launcher, "-C", root.toString()), Stream.of(arguments))
            .flatMap(s -> s)
            .toList();
    return new LocalProcesses()
        .run(
            new Command(
                command, root, environment(home), Duration.ofSeconds(60), Optional.empty()));
  }

  String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }
}
