package hostperf.server;

import static hostperf.server.WebAgent.GREETING;
import static hostperf.server.WebAgent.call;
import static hostperf.server.WebAgent.request;
import static hostperf.server.WebAgent.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import io.modelcontextprotocol.modern.client.transport.McpHttpRequestCustomizer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The packaged server over HTTP: who gets in, and what they get.
class HttpIT extends OverHttp {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{\"form\":{}}}}";

  @Test
  void letsNobodyInWithoutATokenInTheHeader() {
    var place = server.place();
    for (var headers :
        List.<Map<String, String>>of(
            Map.of(),
            Map.of("Authorization", token),
            Map.of("Authorization", "Basic " + token),
            with("hostperf_wrong"),
            with(token + "x"),
            Map.of("Cookie", "token=" + token))) {
      var back = server.post(place, headers, GREETING);
      assertThat(back.status()).as(headers.toString()).isEqualTo(401);
      assertThat(back.header("www-authenticate")).startsWith("Bearer");
    }
    var inTheAddress = URI.create(place + "?access_token=" + token + "&token=" + token);
    assertThat(server.post(inTheAddress, Map.of(), GREETING).status()).isEqualTo(401);
  }

  @Test
  void makesGuessingSlowAndLocksNobodyOutWhoIsAtWork() throws IOException {
    var third = TinyCheckout.in(Files.createDirectory(folder.resolve("guessed")));
    try (var guessed = WebServer.on(folder, 0, third.root())) {
      assertThat(guessed.post(guessed.place(), with(token), GREETING).status()).isEqualTo(200);
      for (int i = 0; i < 30; i++) {
        assertThat(guessed.post(guessed.place(), with("hostperf_" + i), GREETING).status())
            .isEqualTo(401);
      }
      var back = guessed.post(guessed.place(), with(looking), GREETING);
      assertThat(back.status()).isEqualTo(429);
      assertThat(back.header("retry-after")).isEqualTo("60");
      assertThat(guessed.post(guessed.place(), with(token), GREETING).status()).isEqualTo(200);
    }
  }

  @Test
  void letsNoOtherNameOrOriginIn() {
    for (var origin : List.of("https://evil.example", "null", "http://localhost.evil.example")) {
      var back = server.post(server.place(), with(token, "Origin", origin), GREETING);
      assertThat(back.status()).as(origin).isEqualTo(403);
    }
    for (var origin :
        List.of("http://localhost:3000", "http://127.0.0.1:" + server.place().getPort())) {
      var back = server.post(server.place(), with(token, "Origin", origin), GREETING);
      assertThat(back.status()).as(origin).isEqualTo(200);
    }
    for (var host : List.of("evil.example", "localhost.evil.example", "evil.example:8639", "")) {
      var line =
          server.raw(
              "POST /mcp HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(host, token, GREETING.length(), GREETING));
      assertThat(line).as(host).matches("HTTP/1.1 (403|400) .*");
    }
  }

  @Test
  void takesMessagesOnlyAsTheProtocolSendsThem() {
    var place = server.place();
    assertThat(server.post(place, with(token, "Content-Type", "text/plain"), GREETING).status())
        .isEqualTo(415);
    assertThat(server.send("GET", place, with(token), "").status()).isEqualTo(405);
    assertThat(server.post(place, with(token), "nonsense").body().at("/error/code").asInt())
        .isEqualTo(-32700);
    assertThat(server.post(place, with(token), "[" + GREETING + "]").status()).isEqualTo(400);
    assertThat(server.post(place, with(token), request("tools/list", "{}")).status())
        .isEqualTo(400);
    var unknown = with(token, "Mcp-Session-Id", "0123456789abcdef0123456789abcdef");
    assertThat(server.post(place, unknown, request("tools/list", "{}")).status()).isEqualTo(404);
    assertThat(server.post(place, with(token), "x".repeat(17 << 20)).status()).isEqualTo(413);
    assertThat(server.post(place.resolve("/mcp/other"), with(token), GREETING).status())
        .isEqualTo(404);
  }

  @Test
  void keepsASessionForTheTokenThatBeganItUntilItEnds() {
    var place = server.place();
    var session = server.post(place, with(token), GREETING).header("mcp-session-id");
    var list = request("tools/list", "{}");
    var mine = with(token, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25");
    assertThat(server.post(place, mine, list).body().at("/result/tools").size()).isEqualTo(14);
    assertThat(server.post(place, with(looking, "Mcp-Session-Id", session), list).status())
        .isEqualTo(404);
    var odd = with(token, "Mcp-Session-Id", session, "MCP-Protocol-Version", "1999-01-01");
    assertThat(server.post(place, odd, list).status()).isEqualTo(400);
    var note = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    assertThat(server.post(place, mine, note).status()).isEqualTo(202);
    assertThat(server.send("DELETE", place, mine, "").status()).isEqualTo(200);
    assertThat(server.post(place, mine, list).status()).isEqualTo(404);
  }

  @Test
  void holdsModernHeadersToTheMessage() {
    var list = request("tools/list", "{%s}".formatted(META));
    var right = with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");
    var back = server.post(server.place(), right, list);
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.body().at("/result/ttlMs").asLong()).isPositive();
    for (var wrong :
        List.of(
            with(token),
            with(token, "MCP-Protocol-Version", "2026-07-28"),
            with(token, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/list"),
            with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call"))) {
      var said = server.post(server.place(), wrong, list);
      assertThat(said.status()).as(wrong.toString()).isEqualTo(400);
      assertThat(said.body().at("/error/code").asInt()).isEqualTo(-32020);
    }
    var call = request("tools/call", "{\"name\":\"status\",\"arguments\":{},%s}".formatted(META));
    var named = new HashMap<>(with(token, "MCP-Protocol-Version", "2026-07-28"));
    named.put("Mcp-Method", "tools/call");
    assertThat(server.post(server.place(), named, call).status()).isEqualTo(400);
    named.put("Mcp-Name", "status");
    assertThat(server.post(server.place(), named, call).status()).isEqualTo(200);
    var none = with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "no/such");
    var unknown = server.post(server.place(), none, request("no/such", "{%s}".formatted(META)));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().at("/error/code").asInt()).isEqualTo(-32601);
  }

  @Test
  void offersALookerWhatLooks() {
    var place = server.place();
    var session = server.post(place, with(looking), GREETING).header("mcp-session-id");
    var headers = with(looking, "Mcp-Session-Id", session);
    var tools = server.post(place, headers, request("tools/list", "{}")).body().toString();
    assertThat(tools).contains("\"status\"", "\"job\"").doesNotContain("\"validate\"");
    for (var tool : List.of("start_run", "profile", "apply_patch", "validate", "rollback")) {
      var call = request("tools/call", "{\"name\":\"%s\",\"arguments\":{}}".formatted(tool));
      assertThat(server.post(place, headers, call).body().at("/error/code").asInt())
          .isEqualTo(-32602);
    }
  }

  @Test
  void refusesARevokedTokenAtOnce() {
    var short_ = server.hostperf("token", "add", "short-lived");
    assertThat(server.post(server.place(), with(short_), GREETING).status()).isEqualTo(200);
    assertThat(server.hostperf("token", "list")).contains("short-lived").doesNotContain(short_);
    assertThat(server.hostperf("token", "revoke", "short-lived")).contains("Revoked");
    assertThat(server.post(server.place(), with(short_), GREETING).status()).isEqualTo(401);
  }

  @Test
  void neverLetsATokensDialogApprove() {
    var client = sdk(server.places().get(1));
    var said = call(client, "start_run", Map.of("wait_s", 1));
    assertThat(String.valueOf(said.get("state"))).isEqualTo("pending");
    client.close();
    var headers = with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call");
    headers = new HashMap<>(headers);
    headers.put("Mcp-Name", "start_run");
    var modern =
        server.post(
            server.places().get(1),
            headers,
            request(
                "tools/call",
                "{\"name\":\"start_run\",\"arguments\":{\"wait_s\":0},%s}".formatted(META)));
    assertThat(modern.body().at("/result/resultType").asString()).isEqualTo("complete");
    assertThat(modern.body().at("/result/structuredContent/state").asString()).isEqualTo("pending");
  }

  @Test
  void servesTheModernClientOfTheSdk() {
    var transport =
        HttpClientMcpTransport.builder(server.place())
            .requestCustomizer(
                McpHttpRequestCustomizer.fromSync(
                    (_, headers, _) -> headers.set("Authorization", "Bearer " + token)))
            .build();
    var client = McpClient.sync(transport).build();
    assertThat(client.discover().supportedVersions()).contains("2026-07-28");
    assertThat(client.listTools().list().tools()).hasSize(14);
    var status = client.tool("status").arguments(Map.of()).call();
    assertThat(status.isError()).isFalse();
  }
}
