package hostperf.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.ProcessReport;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.PlainMetrics;
import hostperf.trace.answer.Samples;
import hostperf.trace.answer.SmallTrace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KinetoReaderTest {
  private static final JsonMapper JSON = Samples.mapper();

  @TempDir Path folder;

  @Test
  void readsARealTracePlainAndGzippedAlike() {
    Path packed = Samples.packed("kineto_healthy.json.gz");
    var fromPacked = Samples.answer(packed);
    var fromPlain = Samples.answer(Samples.unpacked("kineto_healthy.json.gz", folder));

    assertThat(fromPlain.phases()).isEqualTo(fromPacked.phases());
    // 38 steps less two of warm-up and the last; the GPU-side twins of the ranges do not count.
    assertThat(fromPlain.aggregateMetrics().iterations()).isEqualTo(35);
    assertThat(fromPlain.aggregateMetrics().verdict()).isEqualTo(HostBoundVerdict.NO);
    assertThat(fromPlain.device().graphCoverage().level()).isEqualTo("node");
  }

  /// The same events as an nsys export: the same figures, and so the same verdict.
  @Test
  void saysWhatItsNsysTwinSays() throws IOException {
    Path packed = Samples.packed("kineto_healthy.json.gz");
    var twin = new SmallTrace(folder);
    for (JsonNode event : JSON.readTree(unpacked(packed)).get("traceEvents")) {
      if (event.path("ph").asString("").equals("X")) {
        double from = event.get("ts").asDouble();
        double to = (SmallTrace.nanos(from) + SmallTrace.nanos(event.get("dur").asDouble())) / 1e3;
        String name = event.get("name").asString();
        switch (event.path("cat").asString("")) {
          case "kernel" -> twin.kernel(SmallTrace.FIRST, from, to, name);
          case "user_annotation" -> twin.range(SmallTrace.FIRST, from, to, name);
          case "cuda_runtime", "cuda_driver" -> twin.call(SmallTrace.FIRST, from, to, name);
          default -> {}
        }
      }
    }
    twin.sql("update CUPTI_ACTIVITY_KIND_KERNEL set graphNodeId = 1");
    Path export = twin.written();
    Detection.Answer answer = Samples.answer(packed);

    assertThat(answer.verdict()).isEqualTo(Samples.answer(export).verdict());
    var phases = JSON.valueToTree(answer.phases());
    PlainMetrics.of(export)
        .forEach(
            (phase, metrics) ->
                metrics.forEach(
                    (metric, value) ->
                        assertThat(phases.get(phase.split(" ")[1]).get(metric).asDouble())
                            .describedAs("%s of %s", metric, phase)
                            .isCloseTo(value, withinPercentage(1e-4))));
  }

  private static byte[] unpacked(Path packed) throws IOException {
    try (var stream = new GZIPInputStream(Files.newInputStream(packed))) {
      return stream.readAllBytes();
    }
  }

  /// Its two processes stand one behind the other, so most of a cut file has holes.
  @Test
  void judgesNoTraceThatIsCutAnywhereWithoutSayingSo() throws IOException {
    String whole = twoProcesses();
    for (int length : new Random(4).ints(200, 0, whole.length()).toArray()) {
      Path cut = Files.writeString(folder.resolve("cut.json"), whole.substring(0, length));
      var reason =
          switch (Samples.detection(cut)) {
            case Detection.CannotTell why -> why.reason();
            case Detection.Found found -> String.join("\n", found.answer().notes());
          };
      assertThat(reason)
          .describedAs("cut at %d of %d", length, whole.length())
          .containsAnyOf(
              "ends in the middle", "has no list \"traceEvents\"", "is empty", "neither");
    }
  }

  /// A profiler that was killed while it was packing, a copy that broke off, a disk that fails.
  @Test
  void whatCannotBeUnpackedOrReadIsNotCalledMalformed() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write("[{\"ph\":\"X\"}]".getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    var cut = Files.write(folder.resolve("cut.json.gz"), Arrays.copyOf(whole, 12));
    assertThat(reason(cut))
        .isEqualTo("cut.json.gz ends in the middle of its compressed data; no event can be read.");
    whole[2] = 9;
    var damaged = Files.write(folder.resolve("damaged.json.gz"), whole);
    assertThat(reason(damaged))
        .isEqualTo("damaged.json.gz has damaged compressed data; no event can be read.");
    var list = Files.writeString(folder.resolve("list.json"), "{\"traceEvents\": 5}");
    assertThat(reason(list))
        .isEqualTo("list.json is JSON but no Chrome trace: it has no list \"traceEvents\".");
  }

  private static String reason(Path trace) {
    return ((Detection.CannotTell) Samples.detection(trace)).reason();
  }

  @Test
  void readsWhatStandsBeforeTheEndOfAFileThatIsCut() throws IOException {
    byte[] whole = unpacked(Samples.packed("kineto_healthy.json.gz"));
    var expected = Samples.answer(Samples.packed("kineto_healthy.json.gz")).aggregateMetrics();
    for (double part : new double[] {0.5, 0.7, 0.9}) {
      Path cut =
          Files.write(
              folder.resolve("cut.json"),
              java.util.Arrays.copyOf(whole, (int) (whole.length * part)));

      var answer = Samples.answer(cut);

      assertThat(answer.notes())
          .anyMatch(n -> n.matches("(?s)cut.json ends in the middle, at line [\\d,]+, column.*"));
      assertThat(answer.aggregateMetrics().iterations())
          .isBetween((int) (expected.iterations() * part * 0.5), expected.iterations());
      assertThat(answer.aggregateMetrics().gpuIdleRatio())
          .isCloseTo(expected.gpuIdleRatio(), org.assertj.core.api.Assertions.within(0.03));
    }
  }

  @Test
  void tellsDamagedDataFromDataThatIsCut() throws IOException {
    byte[] packed = Files.readAllBytes(Samples.packed("kineto_healthy.json.gz"));
    byte[] damaged = packed.clone();
    java.util.Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 64, (byte) 0xFF);

    assertThat(said(Files.write(folder.resolve("damaged.json.gz"), damaged)))
        .contains("damaged.json.gz has damaged compressed data, at line");
    assertThat(
            said(
                Files.write(
                    folder.resolve("cut.json.gz"),
                    java.util.Arrays.copyOf(packed, packed.length / 2))))
        .contains("cut.json.gz ends in the middle of its compressed data, at line");
  }

  private static String said(Path trace) {
    return switch (Samples.detection(trace)) {
      case Detection.CannotTell why -> why.reason();
      case Detection.Found found -> String.join("\n", found.answer().notes());
    };
  }

  @Test
  void namesTheFirstOfTheEventsThatAreMalformed() throws IOException {
    String[] lines = twoProcesses().split("\n");
    lines[6] = lines[6].replace("\"X\"", "\"X\"Y\"");
    lines[16] = lines[16].replace("\"X\"", "\"X\"Y\"");
    Path file = Files.writeString(folder.resolve("odd.json"), String.join("\n", lines));

    assertThat(said(file))
        .contains("odd.json is malformed in 2 places, the first at line 7, column");
  }

  @Test
  void survivesOverlappingStepsAndAClockJump() throws IOException {
    String late =
        """
        {"ph": "X", "cat": "user_annotation", "pid": 11, "tid": 1, "ts": 1790857026000350.5,
         "dur": 900, "name": "[Executor] _forward_step 4: 0 ctx reqs, 2 gen reqs"},
        {"ph": "X", "cat": "user_annotation", "pid": 11, "tid": 1, "ts": 1790857027000350.5,
         "dur": 50, "name": "[Executor] _forward_step 9: 0 ctx reqs, 2 gen reqs"},
        """;
    Path file =
        Files.writeString(
            folder.resolve("late.json"), twoProcesses().replaceFirst("\\[", "[" + late));

    // From the third step to the jump; in it four kernels of 20 us.
    PhaseMetrics metrics = Samples.answer(file).processes().getFirst().phases().aggregate();

    assertThat(metrics.totalUs()).isEqualTo(1_000_150.5);
    assertThat(metrics.gpuActiveUs()).isEqualTo(80);
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
