package hostperf.trace.answer;

import static hostperf.trace.answer.SmallTrace.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that were cut or garbled on their way.
class TruncatedTraceTest {
  private static final int PAGE = 4096;

  @TempDir Path folder;

  @Test
  void cannotTellFromAnExportCutAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(small());
    IntStream offsets = new Random(4).ints(200, 0, whole.length);
    IntStream boundaries = IntStream.range(0, whole.length / PAGE).map(page -> page * PAGE);

    for (int length : IntStream.concat(offsets, boundaries).toArray()) {
      Path cut = Files.write(folder.resolve("cut.sqlite"), Arrays.copyOf(whole, length));
      assertThat(Samples.detection(cut))
          .describedAs("cut at %d of %d", length, whole.length)
          .isInstanceOf(Detection.CannotTell.class);
    }
  }

  @Test
  void saysHowMuchOfACutExportIsThere() throws IOException {
    Path whole = Samples.unpacked("healthy_graph.sqlite.gz", folder);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut =
        Files.write(folder.resolve("cut.sqlite"), Arrays.copyOf(bytes, bytes.length * 3 / 4));

    assertThat(Samples.cannotTell(cut).reason())
        .startsWith("cut.sqlite is cut off: its header promises 132,096 bytes more. There are ")
        .containsPattern("\\d+% of CUPTI_ACTIVITY_KIND_RUNTIME");
  }

  @Test
  void namesThePackedFileNotTheOneItWasUnpackedTo() throws IOException {
    byte[] whole = Files.readAllBytes(small());
    Path packed = folder.resolve("packed.sqlite.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(whole, 0, whole.length / 2);
    }

    assertThat(Samples.cannotTell(packed).reason()).startsWith("packed.sqlite.gz is cut off");
  }

  @Test
  void survivesGarbledPages() throws IOException {
    byte[] whole = Files.readAllBytes(small());
    var random = new Random(7);
    for (int i = 0; i < 60; i++) {
      byte[] garbled = whole.clone();
      int at = 100 + random.nextInt(garbled.length - 164);
      for (int j = 0; j < 64; j++) {
        garbled[at + j] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("garbled.sqlite"), garbled);
      assertThat(Samples.detection(file)).describedAs("garbled at %d", at).isNotNull();
    }
  }

  @Test
  void skipsTheByteOrderMarkThatToolsOnWindowsWrite() throws IOException {
    byte[] json;
    try (var packed =
        new GZIPInputStream(Files.newInputStream(Samples.packed("kineto_healthy.json.gz")))) {
      json = packed.readAllBytes();
    }
    Path plain = Files.write(folder.resolve("trace.json"), json);
    var marked = new ByteArrayOutputStream();
    marked.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
    marked.writeBytes(json);
    Path file = Files.write(folder.resolve("marked.json"), marked.toByteArray());
    assertThat(Samples.detection(plain)).isNotInstanceOf(Detection.CannotTell.class);
    assertThat(Samples.detection(file)).hasSameClassAs(Samples.detection(plain));
  }

  @Test
  void saysOfATorchTraceCutAnywhereThatItIsCut() throws IOException {
    byte[] whole = Files.readAllBytes(Samples.packed("kineto_healthy.json.gz"));
    for (int length : new Random(4).ints(12, 0, whole.length).toArray()) {
      Path cut = Files.write(folder.resolve("cut.json.gz"), Arrays.copyOf(whole, length));
      var said =
          switch (Samples.detection(cut)) {
            case Detection.CannotTell why -> why.reason();
            case Detection.Found found -> String.join("\n", found.answer().notes());
          };
      assertThat(said)
          .describedAs("cut at %d of %d", length, whole.length)
          .contains("ends in the middle");
    }
  }

  private Path small() {
    return new SmallTrace(folder).decoding(FIRST, 40).written();
  }
}
