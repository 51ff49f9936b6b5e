package hostperf.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedSqliteTest {
  @TempDir Path folder;

  @Test
  void doesNotUnpackABomb() throws IOException {
    var bomb = folder.resolve("bomb.sqlite.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      out.write("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
      var zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        out.write(zeros);
      }
    }
    var before = unpacked();
    var reading = new PackedSqlite(bomb).read(CallDetail.DECISIVE);
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            u -> assertThat(u.reason()).contains("bomb.sqlite.gz unpacks to more than 78 MB"));
    assertThat(unpacked()).isEqualTo(before);
  }

  private static List<Path> unpacked() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().endsWith(".sqlite")).sorted().toList();
    }
  }
}
