package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.serving.HttpServing;
import hostperf.server.http.Token;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf token`: what agents come with to `serve --http`. No token approves anything.
@Command(
    name = "token",
    description = "Tokens of `serve --http`: `add NAME [--role read]`, `list`, `revoke NAME`.",
    subcommands = {TokenCommand.Add.class, TokenCommand.All.class, TokenCommand.Revoke.class})
final class TokenCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Override
  public Integer call() {
    throw new Refusal(
        "`hostperf token` needs `add NAME`, `list` or `revoke NAME`.",
        "Run one of them; `hostperf token --help` says more.");
  }

  private static String words(Set<Token.Role> roles) {
    return new TreeSet<>(roles)
        .stream().map(r -> r.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(","));
  }

  /// Prints the secret, which is not kept.
  @Command(name = "add", description = "Makes a token and prints it, this once.")
  static final class Add implements Callable<Integer> {
    @ParentCommand private TokenCommand token;

    @Parameters(paramLabel = "NAME", description = "Is recorded in the journal with what it does.")
    private String name;

    @Option(
        names = "--role",
        split = ",",
        paramLabel = "ROLE",
        description =
            "read: look only. run: everything but approving, which no token does. read,run by"
                + " default.")
    private List<Token.Role> roles = List.of(Token.Role.READ, Token.Role.RUN);

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      var console = token.hostperf.console();
      var secret = HttpServing.tokens(token.hostperf.installation()).add(name, Set.copyOf(roles));
      if (json) {
        console.json(Map.of("name", name, "token", secret));
      } else {
        console.out().println(secret);
        console.err().println("It is not shown again. In a client: Authorization: Bearer TOKEN");
      }
      return ExitCode.DONE;
    }
  }

  /// Names and roles; the secrets are not known.
  @Command(name = "list", description = "Lists the tokens without their secrets.")
  static final class All implements Callable<Integer> {
    @ParentCommand private TokenCommand token;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      var console = token.hostperf.console();
      var all = HttpServing.tokens(token.hostperf.installation()).all();
      if (json) {
        console.json(
            Map.of(
                "tokens",
                all.stream()
                    .map(t -> Map.of("name", t.name(), "roles", words(t.roles()), "made", t.made()))
                    .toList()));
      } else if (all.isEmpty()) {
        console.out().println("There are no tokens.");
      } else {
        all.forEach(
            t -> console.out().printf("%-20s  %-8s  %s%n", t.name(), words(t.roles()), t.made()));
      }
      return ExitCode.DONE;
    }
  }

  /// At once, also for a server that runs.
  @Command(name = "revoke", description = "Revokes a token: its next request is refused.")
  static final class Revoke implements Callable<Integer> {
    @ParentCommand private TokenCommand token;

    @Parameters(paramLabel = "NAME", description = "As `hostperf token list` lists it.")
    private String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      var console = token.hostperf.console();
      HttpServing.tokens(token.hostperf.installation()).revoke(name);
      if (json) {
        console.json(Map.of("revoked", name));
      } else {
        console.out().println("Revoked.");
      }
      return ExitCode.DONE;
    }
  }
}
