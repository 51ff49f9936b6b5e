package hostperf.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.profile.Targets;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LprofTest {
  private static final String MODULE =
      """
      class Plan:
          def step(self, items):
              out = []
              for item in items:
                  if item < 0:
                      raise ValueError(item)
                  out = out + [item * 2]
              return out
      """;
  private static final String PROFILE =
      """
      import pickle, sys
      from line_profiler import LineProfiler, load_stats
      from plan import Plan
      profiler = LineProfiler(Plan.step)
      profiler.enable()
      for _ in range(5):
          Plan().step(list(range(60)))
      profiler.disable()
      profiler.dump_stats("x.lprof")
      for protocol in (2, 3, 4):
          with open(f"x{protocol}.lprof", "wb") as out:
              pickle.dump(load_stats("x.lprof"), out, protocol)
      with open("x.txt", "w") as out:
          profiler.print_stats(out)
      """;

  @TempDir Path temp;

  @Test
  void saysWhatTheProfilersOwnTextSays() throws Exception {
    Files.writeString(temp.resolve("plan.py"), MODULE);
    run(PROFILE);
    var sources = new Sources(temp);
    var text = complete(temp.resolve("x.txt"), sources);
    for (String name : new String[] {"x.lprof", "x2.lprof", "x3.lprof", "x4.lprof"}) {
      var read = complete(temp.resolve(name), sources);
      assertThat(read.name()).isEqualTo("Plan.step");
      assertThat(read.calls()).isEqualTo(5);
      assertThat(read.lines())
          .extracting(LineCost::hits)
          .containsExactlyElementsOf(text.lines().stream().map(LineCost::hits).toList());
      assertThat(read.lines())
          .extracting(LineCost::source)
          .containsExactlyElementsOf(text.lines().stream().map(LineCost::source).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pickle.dumps(Bad())",
        "pickle.dumps([1, 2])",
        "pickle.dumps({'timings': {}, 'unit': 1e-9})",
        "b'\\x80\\x04cos\\n"
            + "system\\n"
            + ")\\x81}(X\\x07\\x00\\x00\\x00timings}X\\x04\\x00\\x00\\x00unitK\\x01ub.'",
        "b'\\x80\\x04'",
        "b'\\x80\\x04.'",
        "b'\\x80\\x04e.'",
        "b'\\x80\\x04X\\xff\\xff\\xff\\x7f.'",
        "b'\\x80\\x04Khe.'",
        "b'\\x80\\x04h\\x07.'",
        "b'\\x80\\x04\\x8a\\xff'",
        "b'\\x80\\x04' + open(sys.executable, 'rb').read(100000)"
      })
  void aPickleOfSomethingElseIsRefusedAndNothingOfItRuns(String expression) throws Exception {
    run(
        """
        import pickle, sys
        class Bad:
            def __reduce__(self):
                return (open, ("ran", "w"))
        data = %s
        open("bad.lprof", "wb").write(data if isinstance(data, bytes) else bytes(data))
        """
            .formatted(expression));
    assertThatThrownBy(() -> LineProfileReader.read(temp.resolve("bad.lprof")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is a pickle that")
        .hasMessageContaining("nothing of it was run");
    assertThat(temp.resolve("ran")).doesNotExist();
  }

  private static FunctionProfile complete(Path file, Sources sources) {
    var report = SourceText.in(LineProfileReader.read(file), sources);
    return QualifiedNames.in(report, sources).functions().getFirst();
  }

  private void run(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(temp.resolve("script.py"), script);
    var builder =
        new ProcessBuilder(Targets.python().toString(), file.toString())
            .directory(temp.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(Map.of("PYTHONDONTWRITEBYTECODE", "1"));
    var process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
