package hostperf.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A browser as far as the page sees one: it keeps a cookie and says where its forms come from. It
/// follows no redirect.
final class Browser {
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

  static {
    // The server ends a connection that was idle for 30 s, as long as the client keeps one by
    // default: it would at times send a request into one that is just ending.
    System.setProperty("jdk.httpclient.keepalive.timeout", "5");
  }

  /// As long as this class is: its pool of connections is kept.
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI site;
  private final Map<String, String> headers = new HashMap<>();
  private @Nullable String cookie;

  /// @param place anywhere on the server
  Browser(URI place) {
    this.site = place.resolve("/");
    headers.put("Origin", "http://" + place.getAuthority());
    headers.put("Sec-Fetch-Site", "same-origin");
  }

  /// A page.
  record Shown(int status, Map<String, String> headers, String html) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    String form() {
      var matcher = FORM.matcher(html);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  /// The same with other headers; an empty value leaves one out.
  Browser with(String... more) {
    var other = new Browser(site);
    other.cookie = cookie;
    other.headers.putAll(headers);
    for (int i = 0; i < more.length; i += 2) {
      other.headers.put(more[i], more[i + 1]);
    }
    return other;
  }

  Browser withCookie(String other) {
    var changed = with();
    changed.cookie = other;
    return changed;
  }

  Optional<String> cookie() {
    return Optional.ofNullable(cookie);
  }

  /// Types a code from a terminal.
  Shown signIn(String code) {
    return post("/sign-in", Map.of("code", code));
  }

  Shown get(String path) {
    return send(HttpRequest.newBuilder(site.resolve(path)).GET());
  }

  Shown post(String path, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(site.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Shown send(HttpRequest.Builder request) {
    headers.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            request.header(name, value);
          }
        });
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    try {
      var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var got = new HashMap<String, String>();
      response.headers().map().forEach((name, values) -> got.put(name, values.getFirst()));
      if (got.containsKey("set-cookie")) {
        cookie = got.get("set-cookie").split(";", 2)[0];
      }
      return new Shown(response.statusCode(), got, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
