package hostperf.report;

import hostperf.Flat;
import hostperf.trace.answer.Detection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The page of one detection: idle share per phase, time per step, gaps, host operations.
///
/// It is one HTML file that loads nothing: the chart library (uPlot, from its webjar), styles and
/// data are written into it. Light and dark follow the reader's system.
public final class TracePage {
  private static final String LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .annotationIntrospector(new FlatFields())
          .build();

  private TracePage() {}

  /// The whole page; the same detection gives the same text.
  public static String html(Detection.Found found) {
    return resource("/hostperf/report/trace-page.html")
        .replace("/*{{uplot.css}}*/", resource(LIBRARY + "uPlot.min.css"))
        .replace("/*{{page.css}}*/", resource("/hostperf/report/trace-page.css"))
        .replace("/*{{uplot.js}}*/", resource(LIBRARY + "uPlot.iife.min.js"))
        .replace("/*{{page.js}}*/", resource("/hostperf/report/trace-page.js"))
        .replace("{{data}}", data(found));
  }

  /// Names in a trace are anybody's: none may end the script element that holds the data.
  private static String data(Detection.Found found) {
    var page = new Page(new DetectionHead(found.answer()).text().lines().toList(), found);
    return JSON.writeValueAsString(page).replace("<", "\\u003c");
  }

  /// @param lines the first lines of the answer as an agent reads it, so that figures agree
  private record Page(List<String> lines, @Flat Detection.Found found) {}

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(TracePage.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
