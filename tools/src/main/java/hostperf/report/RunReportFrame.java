package hostperf.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page around a report: styles, the chart library and our script, all inline, so that it opens
/// from a mail or an archive without a network. The policy in its head lets run only these two
/// scripts, by their hashes: even markup that slipped through could not run or load anything.
final class RunReportFrame {
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private RunReportFrame() {}

  /// @param body markup
  /// @param data JSON without `<`
  /// @param others hashes of scripts that run in documents within the body
  static String page(String title, String body, String data, List<String> others) {
    String charts = resource(CHARTS + "uPlot.iife.min.js");
    String script = resource("/hostperf/report/run.js");
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src %s; base-uri 'none'; form-action 'none'">
        <title>%s</title>
        <style>%s</style>
        <style>%s</style>
        </head>
        <body>
        %s<script type="application/json" id="samples">%s</script>
        <script>%s</script>
        <script>%s</script>
        </body>
        </html>
        """
        .formatted(
            Stream.concat(Stream.of(hash(charts), hash(script)), others.stream())
                .map("'%s'"::formatted)
                .collect(Collectors.joining(" ")),
            RunReportHtml.escaped(title),
            resource(CHARTS + "uPlot.min.css"),
            resource("/hostperf/report/run.css"),
            body,
            data,
            charts,
            script);
  }

  static String resource(String path) {
    try (var in = Objects.requireNonNull(RunReportFrame.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
