package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Settings;
import hostperf.trace.answer.TraceDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracePageTest {
  private static String page(String sourceFunction) {
    Path trace =
        Path.of(
            Objects.requireNonNull(
                    TracePageTest.class.getResource("/traces/healthy_graph.sqlite.gz"))
                .getPath());
    var detector =
        new TraceDetector((_, _) -> Optional.<hostperf.host.Finished>empty().orElseThrow());
    var found =
        (Detection.Found)
            detector.detect(List.of(trace), Settings.defaults(), ranges(sourceFunction));
    return TracePage.html(found);
  }

  /// One range, opened by this function.
  private static NvtxRanges ranges(String sourceFunction) {
    try {
      Path folder = Files.createTempDirectory("hostperf-");
      Files.writeString(
          folder.resolve("trtllm-nvtx-ranges.md"),
          "# R\n\n| range | f |\n|---|---|\n| `_sample_async` | `%s` |\n"
              .formatted(sourceFunction));
      Files.writeString(folder.resolve("engine-ranges.md"), "# E\n");
      return NvtxRanges.read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void loadsNothingFromElsewhere() {
    assertThat(page("f"))
        .contains("uPlot")
        .contains("\"gpu_idle_ratio\"")
        .doesNotContain("{{")
        .doesNotContainPattern("(src|href)=[\"']?(https?:)?//");
  }

  @Test
  void namesFromATraceCannotEndTheScript() {
    assertThat(page("</script><b>")).doesNotContain("</script><b>");
  }

  @Test
  void isTheSameForTheSameDetection() {
    assertThat(page("f")).isEqualTo(page("f"));
  }
}
