package hostperf.server.page;

import hostperf.server.http.UnreadBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// Sends an answer, with what the browser may do with it.
record Sending(Request request, Response response) {
  /// Style, script and forms of this server, nothing from elsewhere and nothing inline.
  private static final String SITE =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  void send(PageAnswer answer) throws IOException {
    switch (answer) {
      case PageAnswer.Page page -> send(page.status(), "text/html", SITE, page.html());
      case PageAnswer.Apart page -> send(200, "text/html", apart(page), page.html());
      case PageAnswer.File file -> send(200, file.type(), SITE, file.text());
      case PageAnswer.Redirect to -> {
        response.getHeaders().put(HttpHeader.LOCATION, to.path());
        send(303, "text/plain", SITE, "");
      }
    }
  }

  /// A report's own style and scripts, in an origin of its own: it reaches neither cookie nor site.
  private static String apart(PageAnswer.Apart page) {
    var scripts =
        page.scripts().isEmpty() ? "'none'" : "'%s'".formatted(String.join("' '", page.scripts()));
    return "default-src 'none'; style-src 'unsafe-inline'; script-src "
        + scripts
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts";
  }

  private void send(int status, String type, String policy, String text) throws IOException {
    UnreadBody.settle(request, response);
    var headers = response.getHeaders();
    response.setStatus(status);
    headers.put(HttpHeader.CONTENT_TYPE, type + "; charset=utf-8");
    headers.put("Content-Security-Policy", policy);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    // Not `no-referrer`: forms would then come from the origin `null`.
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
    if (!request.getMethod().equals("HEAD")) {
      try (var out = Content.Sink.asOutputStream(response)) {
        out.write(bytes);
      }
    }
  }
}
