package hostperf.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Library;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.propose.Drafter;
import hostperf.server.Completions;
import hostperf.server.LegacyServer;
import hostperf.server.McpPrompts;
import hostperf.server.McpResources;
import hostperf.server.McpTools;
import hostperf.server.Offer;
import hostperf.server.Skills;
import hostperf.server.Structured;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `initialize` is answered without the SDK, as the SDK would answer it.
class GreetingTest {
  @TempDir Path folder;
  private LegacySessions sessions;

  @BeforeEach
  void offer() {
    var here = new Checkout(folder, new LocalProcesses(), InstantSource.system(), new Random(1));
    var library = new Library(Golden.root());
    var tools = new AllTools(here, library, Drafter.NONE, Structured::of, Access.FULL).list();
    var skills = new Skills(library.skill());
    sessions =
        LegacyServer.sessions(
            new Offer(
                new McpTools(tools, () -> "error-x"),
                new McpResources(library.references(), skills, here.runs()),
                new McpPrompts(library.prompts()),
                skills,
                new Completions(library.references(), here.runs()),
                new Defects(() -> "error-x"),
                "1.2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2031-01-01"})
  void saysWhatTheSdkWouldSay(String revision) {
    var ours = (ObjectNode) greeting(revision);
    var sdks = ofSdk(revision);
    // The SDK claims it by itself; `logging/setLevel` is refused here.
    ((ObjectNode) sdks.path("capabilities")).remove("logging");
    ours.remove("instructions");
    assertThat(ours).isEqualTo(sdks);
  }

  @Test
  void bringsTheInstructions() {
    var page = new Library(Golden.root()).prompts().instructions();
    assertThat(greeting("2025-11-25").path("instructions").asString()).isEqualTo(page);
  }

  private JsonNode greeting(String revision) {
    return tree(sessions.greeting().answer(revision, sessions.protocolVersions()));
  }

  @Test
  void readsOfAClientWhatTheSdkWouldRead() {
    var said =
        Map.of(
            "protocolVersion", "2025-11-25",
            "capabilities", Map.of("elicitation", Map.of("url", Map.of()), "sampling", Map.of()),
            "clientInfo", Map.of("name", "someone", "version", "3"));
    var ours = Introduction.of(new Incoming.Request(1, "initialize", said));
    var sdks = LegacySessions.mapper().convertValue(said, McpSchema.InitializeRequest.class);
    assertThat(ours.revision()).isEqualTo(sdks.protocolVersion());
    assertThat(ours.capabilities()).isEqualTo(sdks.capabilities());
    assertThat(ours.client()).isEqualTo(sdks.clientInfo());
  }

  private JsonNode ofSdk(String revision) {
    var sent = new ArrayList<McpSchema.JSONRPCMessage>();
    var params =
        Map.of(
            "protocolVersion", revision,
            "capabilities", Map.of(),
            "clientInfo", Map.of("name", "test", "version", "1"));
    sessions
        .session(new Kept(sent))
        .handle(new McpSchema.JSONRPCRequest("initialize", 1, params))
        .block();
    assertThat(sent).hasSize(1);
    return tree(((McpSchema.JSONRPCResponse) sent.getFirst()).result());
  }

  private static JsonNode tree(Object value) {
    return Outlet.JSON.readTree(Outlet.JSON.writeValueAsString(value));
  }

  /// Keeps what a session sends.
  private record Kept(ArrayList<McpSchema.JSONRPCMessage> sent) implements McpServerTransport {
    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
      return Mono.fromRunnable(() -> sent.add(message));
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      return LegacySessions.mapper().convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }
}
