package hostperf.server.cli.serving;

import hostperf.Refusal;
import hostperf.host.Orphans;
import hostperf.seal.UserState;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.http.Doorkeeper;
import hostperf.server.http.HttpServer;
import hostperf.server.http.McpHandler;
import hostperf.server.http.Offered;
import hostperf.server.http.Site;
import hostperf.server.http.TokenGuard;
import hostperf.server.http.Tokens;
import hostperf.server.wire.Defects;
import hostperf.tool.Access;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `hostperf serve --http` does: serves one or several checkouts until it is ended.
///
/// @param directory as given with -C
public record HttpServing(Path directory, Access access, ModelFlags model, HttpFlags flags) {
  private static final String PATH = "/mcp";

  public static Tokens tokens(Installation installation) {
    return new Tokens(UserState.ofUser().own("tokens"), installation.clock());
  }

  public int serve(Installation installation, Console console) {
    var address = flags.address();
    var served = served(installation);
    var tokens = tokens(installation);
    var door = new Doorkeeper(flags.names());
    var defects = new Defects(installation.errorIds());
    var page = new PageServing(installation, console);
    var server =
        new HttpServer(
            address,
            new McpHandler(
                door, new TokenGuard(tokens, installation.clock()), sites(served), defects),
            page.handler(door, served.values().stream().map(Served::checkout).toList()));
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      server.close();
                      served.values().forEach(Served::close);
                    }));
    server.start();
    var err = console.err();
    served.forEach((path, s) -> err.println("%s%s  %s".formatted(server.place(), path, s.root())));
    if (tokens.all().isEmpty()) {
      err.println(
          "No client can connect yet: `hostperf token add NAME` creates a token for an agent.");
    }
    page.announce(server.place());
    server.join();
    return ExitCode.DONE;
  }

  /// By path; the checkout of -C first.
  private Map<String, Served> served(Installation installation) {
    var orphans = Orphans.adopt();
    var served = new LinkedHashMap<String, Served>();
    served.put(PATH, Served.of(installation, directory, access, model, orphans));
    for (var folder : flags.also()) {
      var one = Served.of(installation, folder, access, model, orphans);
      var path = PATH + "/" + one.root().getFileName();
      if (!path.matches("[\\w./-]+") || served.putIfAbsent(path, one) != null) {
        throw new Refusal(
            "%s would be at %s, which is %s."
                .formatted(
                    one.root(),
                    path,
                    served.containsKey(path) ? "taken" : "no path that every client writes alike"),
            "Serve it by a process of its own, on another port.");
      }
    }
    return served;
  }

  private static List<Site> sites(Map<String, Served> served) {
    return served.entrySet().stream()
        .map(
            e ->
                new Site(
                    e.getKey(),
                    new Offered(e.getValue().full()),
                    new Offered(e.getValue().looking())))
        .toList();
  }
}
