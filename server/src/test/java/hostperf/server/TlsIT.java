package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Addresses that other machines reach.
class TlsIT {
  private static final String PASSWORD = "changed";

  @TempDir Path folder;
  private TinyCheckout checkout;
  private Path keystore;

  @BeforeEach
  void begin() throws Exception {
    checkout = TinyCheckout.in(folder);
    keystore = folder.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var words =
        List.of(
            keytool,
            "-genkeypair",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-keystore",
            keystore.toString(),
            "-storepass",
            PASSWORD,
            "-dname",
            "CN=gpu-box",
            "-ext",
            "SAN=dns:gpu-box,dns:localhost",
            "-alias",
            "box");
    assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
  }

  /// A client that trusts this certificate alone.
  private HttpClient client() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(keystore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("box", store.getCertificate("box"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void areServedOverTlsWithTokensAlone() throws Exception {
    var token = WebServer.hostperf(folder, "token", "add", "agent");
    try (var server = WebServer.withTls(folder, keystore, PASSWORD, checkout.root());
        var client = client()) {
      assertThat(server.place().getScheme()).isEqualTo("https");
      int port = server.place().getPort();
      var place = URI.create("https://localhost:%d/mcp".formatted(port));
      assertThat(status(client, place, "Bearer " + token)).isEqualTo(200);
      assertThat(status(client, place, "Bearer wrong")).isEqualTo(401);
      assertThatThrownBy(
              () ->
                  status(
                      client,
                      URI.create("http://localhost:%d/mcp".formatted(port)),
                      "Bearer " + token))
          .isInstanceOf(IOException.class);
      var page = HttpRequest.newBuilder(place.resolve("/sign-in")).build();
      assertThat(client.send(page, HttpResponse.BodyHandlers.ofString()).body())
          .contains("hostperf");
    }
  }

  private static int status(HttpClient client, URI place, String authorization)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(place)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(WebAgent.GREETING))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Test
  void areRefusedWithoutTlsOrItsPassword() {
    assertThat(checkout.hostperf("serve", "--http", "0.0.0.0:0").output())
        .contains("Without TLS, `serve --http` listens on a loopback address only");
    assertThat(
            checkout
                .hostperf("serve", "--http", "0.0.0.0:0", "--tls", keystore.toString())
                .output())
        .contains("The password of " + keystore + " is not given");
  }
}
