package hostperf.trace.answer;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.trace.analyse.PhaseMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files and folders as engines and profilers write them.
class EngineFilesTest {
  @TempDir Path folder;

  private PhaseMetrics.Time right;

  /// Twelve steps of 3 ms: a preparation, two launches and their kernels.
  private static SmallKineto engine() {
    return engine("[Executor] _forward_step %d: 0 ctx reqs, 4 gen reqs", "cudaLaunchKernel");
  }

  private static SmallKineto engine(String step, String launch) {
    var trace = new SmallKineto();
    for (int i = 0; i < 12; i++) {
      double at = 1.7e15 + i * 3000.0;
      trace.range(at, 2500, step.formatted(i, 30 + i, 30 + i));
      for (int k = 0; k < 2; k++) {
        double then = at + 1000 + k * 700;
        trace
            .host("cuda_runtime", launch, then, 150, 1 + 2 * i + k)
            .device("kernel", "gemm", then + 200, 200, 1 + 2 * i + k);
      }
    }
    return trace;
  }

  @BeforeEach
  void reads() throws IOException {
    right = time(engine().written(folder.resolve("right.json")));
    Files.delete(folder.resolve("right.json"));
  }

  private static PhaseMetrics.Time time(Path file) {
    return Samples.answer(file).aggregateMetrics().time();
  }

  private Path with(String event) throws IOException {
    return engine().raw(event).raw(engineEnd()).written(folder.resolve("odd.json"));
  }

  private static String engineEnd() {
    return "{\"ph\": \"M\", \"name\": \"process_name\", \"pid\": 100, \"args\": {\"name\": \"p\"}}";
  }

  private static String frame(String name) {
    return "{\"ph\":\"X\",\"cat\":\"python_function\",\"name\":\"%s\",\"pid\":100,\"tid\":100,\"ts\":1,\"dur\":0,\"args\":{}}"
        .formatted(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch\\cuda\\__init__.py(219): _lazy_init",
        "tab\there",
        "new\nline",
        "bell\u0007"
      })
  void readsNamesThatAreNotEscaped(String name) throws IOException {
    assertThat(time(with(frame(name)))).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Library(\"_test\", \"IMPL\")", "users\\u", "a \" b"})
  void leavesOutEventsThatCannotBeReadAndCountsThem(String name) throws IOException {
    Path file = with(frame(name));

    assertThat(time(file)).isEqualTo(right);
    assertThat(Samples.answer(file).notes())
        .anyMatch(note -> note.contains("malformed in 1 place"));
  }

  @Test
  void leavesOutEventsWithBytesThatAreNoText() throws IOException {
    byte[] whole =
        engine().raw(frame("op ?? x")).raw(engineEnd()).text().getBytes(StandardCharsets.UTF_8);
    int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("??");
    whole[at] = (byte) 0xff;
    whole[at + 1] = (byte) 0xfe;
    Path file = Files.write(folder.resolve("bytes.json"), whole);

    assertThat(time(file)).isEqualTo(right);
    assertThat(Samples.answer(file).notes())
        .anyMatch(note -> note.contains("malformed in 1 place"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"memory bandwidth (GB/s)\": Infinity", "\"Comms Id\": 18446744073709551615"})
  void readsNumbersThatJsonDoesNotHave(String argument) throws IOException {
    String event =
        "{\"ph\":\"X\",\"cat\":\"gpu_memcpy\",\"name\":\"Memcpy HtoD\",\"pid\":0,\"tid\":7,\"ts\":1,"
            + "\"dur\":0,\"args\":{"
            + argument
            + "}}";
    assertThat(time(with(event))).isEqualTo(right);
  }

  @Test
  void readsATrailingComma() throws IOException {
    String text = engine().text().replace("\n]}", ",\n]}");
    assertThat(time(Files.writeString(folder.resolve("comma.json"), text))).isEqualTo(right);
  }

  @Test
  void namesLineAndColumnOfAHeadThatIsMalformed() throws IOException {
    Path file = Files.writeString(folder.resolve("head.json"), "{\"a\": 1,\n \"b\" 2}");

    var why = Samples.cannotTell(file);

    assertThat(why.reason()).contains("malformed JSON at line 2, column");
    assertThat(why.next()).doesNotContain("Wait until");
  }

  @Test
  void tellsTruncatedFromMalformed() throws IOException {
    String text = engine().text();
    Path file =
        Files.writeString(folder.resolve("cut.json"), text.substring(0, text.length() - 40));

    assertThat(Samples.answer(file).notes())
        .anyMatch(note -> note.startsWith("cut.json ends in the middle, at line"))
        .noneMatch(note -> note.contains("malformed"));
  }

  @Test
  void saysOfOtherJsonThatItIsNoTrace() throws IOException {
    Path nsys =
        Files.writeString(
            folder.resolve("export.jsonl"), "{\"Type\":79,\"Target\":{}}\n{\"Type\":48}\n");

    assertThat(Samples.cannotTell(nsys).reason()).contains("no Chrome trace").contains("nsys");
    assertThat(Samples.cannotTell(nsys).next()).contains("nsys export --type sqlite");
  }

  @ParameterizedTest
  @CsvSource({"hipLaunchKernel, 0", "hipGraphLaunch, 2", "cudaGraphLaunch, 2"})
  void readsCallsOfOtherVendorsAlike(String launch, double replays) throws IOException {
    Path file =
        engine("[Executor] _forward_step %d: 0 ctx reqs, 4 gen reqs", launch)
            .written(folder.resolve("hip.json"));

    var answer = Samples.answer(file);

    assertThat(answer.aggregateMetrics().time()).isEqualTo(right);
    assertThat(answer.aggregateMetrics().launchOverheadRatio()).contains(0.1);
    assertThat(answer.device().graphCoverage().replaysPerStep()).contains(replays);
  }

  @Test
  void knowsTheStepsOfVllm() throws IOException {
    Path file =
        engine("execute_context_0(0)_generation_%2$d(%3$d)", "cudaLaunchKernel")
            .written(folder.resolve("vllm.json"));

    var answer = Samples.answer(file);

    assertThat(answer.phases().generation().orElseThrow().iterations()).isEqualTo(9);
    assertThat(answer.judged().steps().engine()).contains("vLLM");
    assertThat(answer.host().hostOperations())
        .anyMatch(o -> o.name().equals("execute_context_N(N)_generation_N(N)"));
  }

  /// Two ranks in one file, their processes numbered by text, with the same correlation ids.
  @Test
  void keepsRanksOfAMergedTraceApart() throws IOException {
    String text = engine().text();
    String events = text.substring(text.indexOf('[') + 1, text.lastIndexOf(']')).strip();
    String merged = "{\"traceEvents\": [" + ranked(events, 0) + "," + ranked(events, 1) + "]}";

    var answer = Samples.answer(Files.writeString(folder.resolve("merged.json"), merged));

    assertThat(answer.processes()).hasSize(2);
    assertThat(answer.processes())
        .allMatch(p -> p.phases().aggregate().time().equals(right))
        .extracting(p -> p.devices().getFirst())
        .containsExactly(0, 1);
  }

  private static String ranked(String events, int rank) {
    return events
        .replace("\"pid\": 100", "\"pid\": \"[TP0%d] 8%d\"".formatted(rank, rank))
        .replace("\"pid\": 0", "\"pid\": \"[TP0%d] %d\"".formatted(rank, rank))
        .replace("\"device\": 0", "\"device\": " + rank);
  }

  @Test
  void passesOverWhatIsNoTraceInAFolderAndNamesIt() throws IOException {
    engine().written(folder.resolve("rank0.trace.json"));
    Files.writeString(folder.resolve("server_args.json"), "{\"tp_size\": 2}");
    Files.writeString(
        folder.resolve("frontend.json"),
        "{\"traceEvents\": [{\"ph\": \"X\", \"cat\": \"cpu_op\", \"name\": \"a\", \"pid\": 1,"
            + " \"tid\": 1, \"ts\": 1, \"dur\": 2}]}");
    engine().written(folder.resolve("merged-1.trace.json"));

    var answer = Samples.answer(folder);

    assertThat(answer.processes()).hasSize(1);
    assertThat(answer.notes())
        .anyMatch(note -> note.contains("server_args.json is JSON but no Chrome trace"))
        .anyMatch(note -> note.contains("frontend.json records no GPU kernel"))
        .anyMatch(note -> note.contains("merged-1.trace.json is merged"));
  }

  @Test
  void saysOfAFolderWithoutATraceWhatItsFilesAre() throws IOException {
    Files.writeString(folder.resolve("server_args.json"), "{\"tp_size\": 2}");

    assertThat(Samples.cannotTell(folder).reason()).contains("server_args.json");
  }
}
