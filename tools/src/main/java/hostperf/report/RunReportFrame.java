package hostperf.report;

import hostperf.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The page around a report: its style is inline, so that it opens from a mail or an archive
/// without a network, and it has no script. The policy in its head lets none run but those of the
/// documents within, by their hashes: even markup that slipped through could not run or load
/// anything.
public final class RunReportFrame {
  private RunReportFrame() {}

  /// @param body markup
  /// @param scripts hashes of those that run in documents within the body
  public static String page(String title, String body, List<String> scripts) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src %s; base-uri 'none'; form-action 'none'">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        %s</body>
        </html>
        """
        .formatted(
            scripts.isEmpty()
                ? "'none'"
                : scripts.stream().map("'%s'"::formatted).collect(Collectors.joining(" ")),
            Html.escaped(title),
            style(),
            body);
  }

  public static String style() {
    return resource("/hostperf/report/run.css");
  }

  static String resource(String path) {
    try (var in = Objects.requireNonNull(RunReportFrame.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String hash(String script) {
    return "sha256-" + Base64.getEncoder().encodeToString(new Sha256().add(script).bytes());
  }
}
