package hostperf.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// What is turned away, whoever sends it. A page of the web that a browser on this machine shows
/// can send requests here too, hence the look at Host (a name that the page's owner points here)
/// and Origin.
public final class Doorkeeper {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?<host>[^/:\\[\\]]+|\\[[0-9a-f:]+])(:\\d{1,5})?");
  private static final Pattern HOST =
      Pattern.compile("(?<host>[^/:\\[\\]]+|\\[[0-9a-f:]+])(:\\d{1,5})?");

  private final Set<String> names;

  /// @param names of this server beside those of the loopback interface
  public Doorkeeper(Set<String> names) {
    this.names = names;
  }

  /// Why a request is turned away; empty where it is not.
  public Optional<String> objection(Request request) {
    var hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
    if (hosts.size() > 1 || !isOurs(HOST, Request.getServerName(request))) {
      return Optional.of("The name in `Host` is not one of this server's names.");
    }
    var origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
    return origins.stream().allMatch(o -> isOurs(ORIGIN, o))
        ? Optional.empty()
        : Optional.of("Requests from pages of another origin are refused.");
  }

  /// The port is not looked at: a tunnel gives it another number.
  private boolean isOurs(Pattern form, String given) {
    var matcher = form.matcher(given.toLowerCase(Locale.ROOT));
    return matcher.matches()
        && (LOOPBACK.contains(matcher.group("host")) || names.contains(matcher.group("host")));
  }
}
