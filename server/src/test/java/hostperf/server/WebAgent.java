package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// An agent that comes over HTTP with a token.
record WebAgent(String token) {
  static final String GREETING =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{\"elicitation\":{\"form\":{}}},"
          + "\"clientInfo\":{\"name\":\"web\",\"version\":\"1\"}}}";

  /// The headers of a request with this token.
  static Map<String, String> with(String secret, String... more) {
    var headers = new HashMap<String, String>();
    headers.put("Authorization", "Bearer " + secret);
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  /// Its client, whose person would say yes.
  McpSyncClient sdk(URI place) {
    var transport =
        HttpClientStreamableHttpTransport.builder("http://%s".formatted(place.getAuthority()))
            .endpoint(place.getPath())
            .addHttpRequestCustomizer(
                (request, _, _, _, _) -> request.header("Authorization", "Bearer " + token))
            .build();
    var client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(100))
            .initializationTimeout(Duration.ofSeconds(60))
            .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
            .elicitation(
                _ ->
                    new McpSchema.ElicitResult(
                        McpSchema.ElicitResult.Action.ACCEPT, Map.of("decision", "approve"), null))
            .build();
    client.initialize();
    return client;
  }

  static Map<?, ?> call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    var said = client.callTool(new McpSchema.CallToolRequest(tool, arguments, null));
    return said.structuredContent() instanceof Map<?, ?> fields ? fields : Map.of("error", said);
  }

  /// Approves the checkout's configuration, as a person does in a terminal.
  void approve(Path home, TinyCheckout one, URI place) {
    var client = sdk(place);
    var said = call(client, "start_run", Map.of("wait_s", 0));
    client.close();
    if (said.containsKey("run_id")) {
      return; // another test was first
    }
    var id = String.valueOf(said.get("approval_id"));
    assertThat(WebServer.hostperfTyping(home, "y", "-C", one.root().toString(), "approve", id))
        .contains("Approved");
  }
}
