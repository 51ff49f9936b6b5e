package hostperf.server.conformance;

import hostperf.seal.UserState;
import hostperf.server.http.Backend;
import hostperf.server.http.Doorkeeper;
import hostperf.server.http.HttpServer;
import hostperf.server.http.McpHandler;
import hostperf.server.http.Site;
import hostperf.server.http.Token;
import hostperf.server.http.TokenGuard;
import hostperf.server.http.Tokens;
import hostperf.server.wire.Defects;
import hostperf.server.wire.Greeting;
import hostperf.server.wire.LegacySessions;
import hostperf.server.wire.ModernCalls;
import hostperf.server.wire.Params;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A server with what the conformance suite wants to call, on the product's own transport:
/// `ConformanceServer PORT`. It prints a token, which the suite does not send; `bench/conformance`
/// puts a proxy between.
@SuppressWarnings("deprecation") // the suite asks for what the protocol gives up
public final class ConformanceServer implements Backend {
  private static final Map<String, Object> CAPABILITIES =
      Map.of(
          "completions", Map.of(),
          "logging", Map.of(),
          "prompts", Map.of(),
          "resources", Map.of("subscribe", true),
          "tools", Map.of());

  final Defects defects = new Defects(() -> "error-conformance");
  private final LegacySessions sessions;
  private final ModernCalls modern = new ModernCalls(ModernFixtures.server(), defects);

  ConformanceServer() {
    var tools = LegacyFixtures.tools();
    var prompts = LegacyFixtures.prompts();
    this.sessions =
        new LegacySessions(
            new Greeting("conformance", "1", CAPABILITIES, ""),
            new Params(
                tools.stream().map(t -> t.tool().name()).collect(Collectors.toSet()),
                () -> prompts.stream().map(p -> p.prompt().name()).collect(Collectors.toSet()),
                Set.of("logging/setLevel", "resources/subscribe", "resources/unsubscribe")),
            defects,
            ConformanceServer::build);
  }

  private static void build(McpServerTransportProvider transport) {
    var _ =
        McpServer.sync(transport)
            .jsonMapper(LegacySessions.mapper())
            .immediateExecution(true)
            .serverInfo("conformance", "1")
            .validateToolInputs(false)
            .capabilities(
                LegacySessions.mapper()
                    .convertValue(CAPABILITIES, McpSchema.ServerCapabilities.class))
            .tools(LegacyFixtures.tools())
            .resources(LegacyFixtures.resources())
            .resourceTemplates(LegacyFixtures.templates())
            .prompts(LegacyFixtures.prompts())
            .completions(LegacyFixtures.completions())
            .build();
  }

  public static void main(String[] arguments) throws Exception {
    var state = new UserState(Files.createTempDirectory("conformance"));
    var tokens = new Tokens(state.own("tokens"), InstantSource.system());
    var secret = tokens.add("conformance", Set.of(Token.Role.RUN));
    var backend = new ConformanceServer();
    var address =
        new HttpServer.Address("127.0.0.1", Integer.parseInt(arguments[0]), Optional.empty());
    var sites = List.of(new Site("/mcp", backend, backend));
    var guard = new TokenGuard(tokens, InstantSource.system());
    var handler = new McpHandler(new Doorkeeper(Set.of()), guard, sites, backend.defects);
    try (var server = new HttpServer(address, handler)) {
      server.start();
      System.out.println(secret);
      server.join();
    }
  }

  @Override
  public LegacySessions legacy() {
    return sessions;
  }

  @Override
  public ModernCalls modern() {
    return modern;
  }
}
