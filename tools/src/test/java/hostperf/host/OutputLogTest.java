package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLogTest {
  @TempDir Path folder;

  @Test
  void endsAtTheLimitAndAddsTheLastPart() {
    Path file = folder.resolve("log");
    OutputLog log = OutputLog.to(Optional.of(file), 5);
    log.write("0123456789".getBytes(StandardCharsets.UTF_8), 0, 10);
    log.write("abc".getBytes(StandardCharsets.UTF_8), 0, 3);
    log.end("9abc");
    assertThat(file)
        .hasContent("01234\n[… 8 bytes left out; the end of the output follows …]\n9abc");
  }

  @Test
  void aFullDiskIsToldAndStopsNothing() throws IOException {
    OutputLog log = OutputLog.to(Files.newOutputStream(Path.of("/dev/full")), 100);
    log.write("text".getBytes(StandardCharsets.UTF_8), 0, 4);
    log.write("more".getBytes(StandardCharsets.UTF_8), 0, 4);
    log.end("");
    assertThat(log.fault().orElseThrow()).contains("No space left");
  }
}
