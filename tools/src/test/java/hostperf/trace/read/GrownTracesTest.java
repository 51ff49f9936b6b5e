package hostperf.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.trace.answer.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrownTracesTest {
  @TempDir Path folder;

  @Test
  void growsTheExamples() throws Exception {
    Path examples = Golden.root().resolve("examples/traces");
    GrownTraces.main(new String[] {examples.toString(), folder.toString()});

    assertThat(kernels(folder.resolve("nsys.sqlite")))
        .isEqualTo(128 * kernels(examples.resolve("nsys.sqlite.gz")));
    assertThat(kernels(folder.resolve("torch.json")))
        .isEqualTo(20 * kernels(examples.resolve("torch.json.gz")));
  }

  private static int kernels(Path file) {
    Reading reading = new TraceFiles(Samples.NO_NSYS).read(file, CallDetail.DECISIVE);
    return ((Reading.Read) reading).trace().gpu().size();
  }
}
