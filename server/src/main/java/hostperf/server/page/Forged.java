package hostperf.server.page;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// What shows that a form was not sent by a person on a page of this server. The secret that each
/// form carries is looked at elsewhere.
final class Forged {
  private Forged() {}

  static Optional<String> objection(Request request) {
    var headers = request.getHeaders();
    if (headers.contains(HttpHeader.AUTHORIZATION)) {
      return Optional.of("With a token nothing can be approved or sent here.");
    }
    var type = Optional.ofNullable(headers.get(HttpHeader.CONTENT_TYPE)).orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/x-www-form-urlencoded")) {
      return Optional.of("This is not a form.");
    }
    // Behind a tunnel the port is another one, but both name the same.
    var origins = headers.getValuesList(HttpHeader.ORIGIN);
    var host = String.valueOf(headers.get(HttpHeader.HOST));
    if (origins.size() != 1 || !origins.getFirst().replaceFirst("^https?://", "").equals(host)) {
      return Optional.of("The form was sent from a page of another origin.");
    }
    var site = headers.getValuesList("Sec-Fetch-Site");
    return site.isEmpty() || site.equals(List.of("same-origin"))
        ? Optional.empty()
        : Optional.of("The form was sent from a page of another site.");
  }
}
