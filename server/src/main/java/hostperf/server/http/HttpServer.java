package hostperf.server.http;

import hostperf.Refusal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The web server: Jetty's core, each request on a virtual thread.
public final class HttpServer implements AutoCloseable {
  /// Longer than a call may wait, and than the beat of a stream.
  private static final Duration IDLE = Duration.ofSeconds(75);

  /// What is under way when it ends.
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

  private final Server server;
  private final ServerConnector connector;
  private final Address address;

  /// Where it listens.
  ///
  /// @param tls absent on the loopback interface
  public record Address(String host, int port, Optional<Tls> tls) {
    /// Another address than a loopback one needs TLS: tokens would travel in the clear.
    public Address {
      if (tls.isEmpty() && !isLoopback(host)) {
        throw new Refusal(
            "Without TLS, `serve --http` listens on a loopback address only, and %s is not one."
                .formatted(host),
            "Leave the address out and reach it with `ssh -L 8639:127.0.0.1:8639 HOST`, or give"
                + " `--tls KEYSTORE`.");
      }
    }

    private static boolean isLoopback(String host) {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException _) {
        throw new Refusal(
            "There is no address '%s' here.".formatted(host),
            "Give one of this machine's as ADDRESS:PORT.");
      }
    }
  }

  /// @param keystore PKCS #12 with the key and the certificate
  public record Tls(Path keystore, String password) {}

  /// @param handlers each answers the requests that are its own and leaves the others to the next
  public HttpServer(Address address, Handler... handlers) {
    this.address = address;
    var threads = new QueuedThreadPool();
    threads.setName("http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, factories(address));
    connector.setHost(address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.setHandler(new Handler.Sequence(handlers));
    server.setStopTimeout(LAST_ANSWERS.toMillis());
  }

  private static ConnectionFactory[] factories(Address address) {
    var settings = new HttpConfiguration();
    settings.setSendServerVersion(false);
    var http = new HttpConnectionFactory(settings);
    if (address.tls().isEmpty()) {
      return new ConnectionFactory[] {http};
    }
    // `Doorkeeper` looks at the name.
    settings.addCustomizer(new SecureRequestCustomizer(false));
    var keys = new SslContextFactory.Server();
    keys.setKeyStorePath(address.tls().get().keystore().toString());
    keys.setKeyStorePassword(address.tls().get().password());
    return new ConnectionFactory[] {new SslConnectionFactory(keys, http.getProtocol()), http};
  }

  /// Begins to serve.
  public void start() {
    try {
      server.start();
    } catch (Exception e) { // what Jetty declares
      throw new Refusal(
          "Could not listen on %s:%d: %s.".formatted(address.host(), address.port(), reason(e)),
          "Give another ADDRESS:PORT, or stop the program that uses it.",
          e);
    }
  }

  private static String reason(Throwable e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return Optional.ofNullable(cause.getMessage()).orElse("no reason is known");
  }

  /// Where it is, with the port that it got.
  public URI place() {
    var host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return URI.create(
        "%s://%s:%d"
            .formatted(
                address.tls().isPresent() ? "https" : "http", host, connector.getLocalPort()));
  }

  /// Waits until it ends.
  public void join() {
    try {
      server.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // what Jetty declares
      throw new IllegalStateException("the web server did not end", e);
    }
  }
}
