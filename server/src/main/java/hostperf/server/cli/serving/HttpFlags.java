package hostperf.server.cli.serving;

import hostperf.Refusal;
import hostperf.server.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where `serve --http` listens, and what it serves beside the checkout.
public final class HttpFlags {
  private static final String USUAL = "127.0.0.1:8639";
  private static final String PASSWORD = "HOSTPERF_TLS_PASSWORD";
  private static final Pattern PLACE =
      Pattern.compile("(?<host>[^:\\[\\]]+|\\[[0-9a-fA-F:]+]):(?<port>\\d{1,5})");
  public static final int LAST_PORT = 65_535;

  @Option(
      names = "--http",
      required = true,
      arity = "0..1",
      fallbackValue = USUAL,
      paramLabel = "ADDRESS:PORT",
      description =
          "Serves over HTTP in place of standard input and output: on " + USUAL + " by default.")
  private String place = USUAL;

  @Option(
      names = "--also",
      paramLabel = "DIR",
      description = "Serves this checkout too, at /mcp/NAME after its folder's name. Repeatable.")
  private List<Path> also = new ArrayList<>();

  @Option(
      names = "--tls",
      paramLabel = "KEYSTORE",
      description =
          "PKCS #12 file with key and certificate, its password in "
              + PASSWORD
              + "; needed for an address that is not a loopback one.")
  private @Nullable Path keystore;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description =
          "A name by which clients reach this server, in addition to localhost. Repeatable.")
  private List<String> names = new ArrayList<>();

  HttpServer.Address address() {
    var matcher = PLACE.matcher(place);
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > LAST_PORT) {
      throw new Refusal(
          "`--http` is '%s'; it takes ADDRESS:PORT, such as %s.".formatted(place, USUAL),
          "Give both, or leave them out.");
    }
    var host = matcher.group("host").replaceAll("[\\[\\]]", "");
    return new HttpServer.Address(host, Integer.parseInt(matcher.group("port")), tls());
  }

  private Optional<HttpServer.Tls> tls() {
    if (keystore == null) {
      return Optional.empty();
    }
    var password = System.getenv(PASSWORD);
    if (password == null || !Files.isReadable(keystore)) {
      throw new Refusal(
          password == null
              ? "The password of %s is not given.".formatted(keystore)
              : "%s cannot be read.".formatted(keystore),
          "`keytool -genkeypair -keyalg EC -keystore FILE -storetype PKCS12` makes one; put its"
              + " password into %s.".formatted(PASSWORD));
    }
    return Optional.of(new HttpServer.Tls(keystore, password));
  }

  List<Path> also() {
    return List.copyOf(also);
  }

  Set<String> names() {
    return names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }
}
