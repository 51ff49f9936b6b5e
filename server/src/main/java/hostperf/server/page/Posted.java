package hostperf.server.page;

import hostperf.Refusal;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// The fields that a browser sends, in an address or with a form.
final class Posted {
  private static final int MOST_BYTES = 64 << 10;

  private Posted() {}

  static Map<String, String> query(Request request) {
    return fields(Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""));
  }

  static Map<String, String> form(Request request) throws IOException {
    byte[] body;
    try (var in = Content.Source.asInputStream(request)) {
      body = in.readNBytes(MOST_BYTES + 1);
    }
    if (body.length > MOST_BYTES) {
      throw new Refusal("The form is longer than 64 KB.", "Send a shorter one.");
    }
    return fields(new String(body, StandardCharsets.UTF_8));
  }

  /// A field that comes twice is as good as none.
  private static Map<String, String> fields(String encoded) {
    var fields = new HashMap<String, Optional<String>>();
    for (var pair : encoded.split("&")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        fields.merge(
            decoded(pair.substring(0, at)),
            Optional.of(decoded(pair.substring(at + 1))),
            (_, _) -> Optional.empty());
      }
    }
    var known = new HashMap<String, String>();
    fields.forEach((name, value) -> value.ifPresent(v -> known.put(name, v)));
    return known;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal("The form cannot be read.", "Send it again.", e);
    }
  }
}
