package hostperf.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static Metrics read(double... printed) {
    var metric =
        new Metric("rate", "tok/s", Better.HIGHER, true, 0.02, Pattern.compile("rate=([\\d.]+)"));
    var reader = new MetricReader(List.of(metric));
    DoubleStream.of(printed).forEach(value -> reader.accept("INFO rate=" + value));
    return reader.metrics("", Path.of("log"));
  }

  @Test
  void aLaunchThatPrintsItsRateAgainAndAgainCountsWithTheMedianOfItsSteadyPart() {
    var metrics = read(3, 51, 100, 104, 98, 102, 100, 99, 20);
    assertThat(metrics.value("rate")).contains(100.0);
    assertThat(metrics.within()).containsEntry("rate", List.of(104.0, 98.0, 102.0, 100.0, 99.0));
  }

  @Test
  void aRunningTotalCountsWithItsLastValue() {
    var metrics = read(10, 20, 30, 40, 50, 60, 70, 80);
    assertThat(metrics.value("rate")).contains(80.0);
    assertThat(metrics.within()).isEmpty();
  }

  @Test
  void ofAFewMatchesTheLastCounts() {
    assertThat(read(120, 80, 100, 90, 95).value("rate")).contains(95.0);
  }
}
