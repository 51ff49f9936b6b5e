package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page for people of the packaged server: who gets in, and who can answer.
class PageEntryIT extends PageRounds {
  @Test
  void saysThatAConnectionEndsWhereTheRequestWasNotReadToItsEnd() throws IOException {
    for (var path : List.of("/approvals/approval-aaaaaaaa", "/mcp")) {
      try (var socket = new Socket(server.place().getHost(), server.place().getPort())) {
        var request =
            "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf"
                .formatted(path, server.place().getHost(), server.place().getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT);
        assertThat(answer).as(path).startsWith("http/1.1 40").contains("connection: close");
      }
    }
  }

  @Test
  void letsNobodyInWithoutACodeFromATerminal() {
    var stranger = browser();
    for (var path : List.of("/", "/runs/run-aaaaaaaa", "/approvals/approval-aaaaaaaa", "/none")) {
      var back = stranger.get(path);
      assertThat(back.status()).as(path).isEqualTo(303);
      assertThat(back.header("location")).isEqualTo("/sign-in");
      assertThat(
              stranger
                  .withCookie("hostperf-%d=wrong".formatted(server.place().getPort()))
                  .get(path)
                  .status())
          .isEqualTo(303);
    }
    assertThat(stranger.get("/sign-in").html()).contains("Code from your terminal");
    assertThat(stranger.signIn("abcd-efgh-jkmn").status()).isEqualTo(403);
    assertThat(stranger.cookie()).isEmpty();
    assertThat(WebServer.hostperf(folder, "ui", "--code")).doesNotContain("Code");
    assertThat(WebServer.hostperf(folder, "ui")).doesNotContain("Code");
  }

  @Test
  void takesACodeOnceHoweverItIsTyped() {
    var code = code();
    var one = browser();
    var back = one.signIn("  " + code.toUpperCase(Locale.ROOT).replace("-", " "));
    assertThat(back.status()).isEqualTo(303);
    assertThat(back.header("set-cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(one.get("/").status()).isEqualTo(200);
    var other = browser();
    assertThat(other.signIn(code).status()).isEqualTo(403);
    assertThat(other.get("/").status()).isEqualTo(303);
    var form = one.get("/").form();
    assertThat(one.post("/sign-out", Map.of("form", form)).status()).isEqualTo(303);
    assertThat(one.get("/").status()).isEqualTo(303);
  }

  @Test
  void allowsNothingFromElsewhereOnItsPages() {
    var page = person.get("/");
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.html())
        .contains("lang=\"en\"", "<noscript><meta http-equiv=\"refresh\"")
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContainPattern("(?i)<style| style=| on[a-z]+=");
    assertThat(person.get("/style.css").header("content-type")).startsWith("text/css");
    assertThat(person.get("/page.js").html()).contains("data-live");
  }

  @Test
  void refusesOtherNamesOriginsAndMethods() {
    for (var origin : List.of("https://evil.example", "null")) {
      assertThat(person.with("Origin", origin).get("/").status()).as(origin).isEqualTo(403);
    }
    var cookie = person.cookie().orElseThrow();
    for (var host : List.of("evil.example", "localhost.evil.example")) {
      assertThat(
              server.raw(
                  "GET / HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nConnection: close\r\n\r\n"
                      .formatted(host, cookie)))
          .as(host)
          .startsWith("HTTP/1.1 403");
    }
    assertThat(
            server.raw(
                "PUT / HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(cookie)))
        .startsWith("HTTP/1.1 405");
  }

  /// Every way that is not a person on a page of this server.
  @Test
  void takesAnAnswerFromNobodyElse() {
    try (var agent = agent(other)) {
      var id = agent.call("start_run", Map.of("wait_s", 0)).waitingFor().orElseThrow();
      var path = "/approvals/" + id;
      var form = person.get(path).form();
      var yes = Map.of("decision", "approve", "form", form);
      var port = server.place().getPort();
      var refused = new HashMap<String, Browser.Shown>();
      refused.put("no cookie", browser().post(path, yes));
      refused.put(
          "token as a cookie",
          browser().withCookie("hostperf-%d=%s".formatted(port, token)).post(path, yes));
      refused.put("a token", browser().with("Authorization", "Bearer " + token).post(path, yes));
      refused.put(
          "a token beside the cookie",
          person.with("Authorization", "Bearer " + token).post(path, yes));
      refused.put("no form", person.post(path, Map.of("decision", "approve")));
      refused.put(
          "another form", person.post(path, Map.of("decision", "approve", "form", "x" + form)));
      refused.put("another port", person.with("Origin", "http://127.0.0.1:1").post(path, yes));
      refused.put("another site", person.with("Sec-Fetch-Site", "same-site").post(path, yes));
      refused.put("no origin", person.with("Origin", "").post(path, yes));
      refused.put(
          "a foreign origin", person.with("Origin", "https://evil.example").post(path, yes));
      refused.forEach((how, back) -> assertThat(back.status()).as(how).isEqualTo(403));
      for (var word : List.of("", "Approve", "yes", "approve ", "approve,deny")) {
        var back = person.post(path, Map.of("decision", word, "form", form));
        assertThat(back.status()).as(word).isEqualTo(404);
      }
      var bearer = Map.of("Authorization", "Bearer " + token);
      for (var at : List.of(path, "/mcp" + path, "/mcp")) {
        var json = server.post(server.place().resolve("/mcp"), bearer, "{}");
        assertThat(json.status()).as(at).isGreaterThanOrEqualTo(400);
      }
      assertThat(WebServer.hostperf(folder, "-C", other.root().toString(), "approvals"))
          .containsPattern(id + " +configuration +pending");
      var no = Map.of("decision", "deny", "form", form, "reason", "not yet");
      assertThat(person.post(path, no).status()).isEqualTo(303);
      var said = agent.call("start_run", Map.of("wait_s", 5));
      assertThat(said.text("state")).as(said.text()).isEqualTo("declined");
      assertThat(said.text("how")).contains("not yet");
    }
  }

  @Test
  void knowsNothingElse() {
    for (var path :
        List.of(
            "/none",
            "/runs",
            "/runs/run-aaaaaaaa",
            "/runs/..%2f..",
            "/jobs/job-x",
            "/approvals/x")) {
      assertThat(person.get(path).status()).as(path).isBetween(400, 404);
    }
  }

  /// `hostperf ui` in a terminal, for an agent with a server of its own.
  @Test
  void servesACheckoutAloneAndPrintsTheCodeInItsTerminal() throws Exception {
    var said = new StringWriter();
    var process = WebServer.inATerminal(folder, "-C", other.root().toString(), "ui", "--port", "0");
    try {
      var _ = Thread.ofVirtual().start(() -> read(process, said));
      for (int i = 0; i < 600 && !CODE.matcher(said.toString()).find(); i++) {
        Thread.sleep(50);
      }
      var place = Pattern.compile("page for people: (http\\S+)").matcher(said.toString());
      var code = CODE.matcher(said.toString());
      assertThat(place.find() && code.find()).as(said.toString()).isTrue();
      var there = new Browser(URI.create(place.group(1)));
      assertThat(there.get("/").status()).isEqualTo(303);
      assertThat(there.signIn(code.group(1)).status()).isEqualTo(303);
      assertThat(there.get("/").html()).contains(other.root().toString());
      assertThat(there.post("/mcp", Map.of()).status()).isEqualTo(403);
      var token = Map.of("Authorization", "Bearer " + this.token);
      assertThat(server.post(URI.create(place.group(1)).resolve("/mcp"), token, "{}").status())
          .isEqualTo(403);
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void read(Process process, StringWriter said) {
    try (var in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        said.write(c);
      }
    } catch (IOException _) {
      // It has ended.
    }
  }
}
