package hostperf.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KinetoReaderTest {
  @TempDir Path folder;

  @Test
  void readsARealTracePlainAndGzippedAlike() {
    Path packed = Samples.packed("kineto_healthy.json.gz");
    var fromPacked = Samples.answer(packed);
    var fromPlain = Samples.answer(Samples.unpacked("kineto_healthy.json.gz", folder));

    assertThat(fromPlain.phases()).isEqualTo(fromPacked.phases());
    // 38 steps less two of warm-up and the last; the GPU-side twins of the ranges do not count.
    assertThat(fromPlain.aggregateMetrics().iterations()).isEqualTo(35);
    assertThat(fromPlain.aggregateMetrics().verdict()).isEqualTo(Verdict.NO);
    assertThat(fromPlain.graphCoverage().level()).isEqualTo("node");
  }

  @Test
  void joinsKernelsToTheirProcessByCorrelation() throws IOException {
    var answer = Samples.answer(Files.writeString(folder.resolve("two.json"), twoProcesses()));

    assertThat(answer.processes()).extracting(ProcessReport::process).containsExactly(11L, 22L);
    assertThat(answer.processes().getFirst().devices()).containsExactly(0);
    assertThat(answer.processes().getLast().devices()).containsExactly(1);
    assertThat(answer.processes().getLast().phases().aggregate().gpuActiveUs()).isEqualTo(60);
  }

  /// Each step launches one kernel of 20 µs; the calls come after the kernels.
  private static String twoProcesses() {
    var events = new StringBuilder();
    int correlation = 0;
    for (int device = 0; device < 2; device++) {
      for (int i = 0; i < 6; i++) {
        int pid = 11 * (device + 1);
        double at = 100.0 * i + 1_790_857_026_000_000.0;
        correlation++;
        events.append(
            """
            {"ph": "X", "cat": "kernel", "name": "void foo<int>(char*)", "pid": %2$d, "tid": 7,
             "ts": %3$.3f, "dur": 20, "args": {"device": %2$d, "stream": 7, "correlation": %4$d}},
            {"ph": "X", "cat": "cuda_runtime", "name": "cudaLaunchKernel", "pid": %1$d, "tid": 1,
             "ts": %3$.3f, "dur": 5, "args": {"correlation": %4$d}},
            {"ph": "X", "cat": "gpu_user_annotation", "pid": %2$d, "tid": 7, "ts": %3$.3f,
             "dur": 1, "name": "[Executor] _forward_step %5$d: 0 ctx reqs, 2 gen reqs"},
            {"ph": "X", "cat": "user_annotation", "pid": %1$d, "tid": 1, "ts": %3$.3f, "dur": 50,
             "name": "[Executor] _forward_step %5$d: 0 ctx reqs, 2 gen reqs"},
            """
                .formatted(pid, device, at, correlation, i));
      }
    }
    return "{\"traceEvents\": [" + events + "{\"ph\": \"M\", \"ts\": \"odd\", \"args\": []}]}";
  }

  @Test
  void leavesOutEventsOfTheWrongShape() throws IOException {
    String odd =
        "{\"ph\": \"X\", \"cat\": \"kernel\", \"name\": 7, \"ts\": null, \"dur\": -5},"
            + " {\"ph\": \"X\", \"cat\": \"user_annotation\", \"ts\": \"1\", \"pid\": {}}, 17, [],";
    Path file =
        Files.writeString(
            folder.resolve("odd.json"), twoProcesses().replaceFirst("\\[", "[" + odd));

    assertThat(Samples.answer(file).notes()).anyMatch(note -> note.startsWith("2 events"));
  }
}
