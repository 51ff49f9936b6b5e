package hostperf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nobody runs the benches in the gate: that they still compile is the least.
class BenchesTest {
  @TempDir Path classes;

  static Stream<Path> sources() throws IOException {
    try (var files = Files.walk(Golden.root().resolve("bench"))) {
      return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void compile(Path source) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var beside = source.resolveSibling("").toString();
      var options =
          List.of("-proc:none", "-nowarn", "-sourcepath", beside, "-d", classes.toString());
      var task =
          compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source));
      assertThat(task.call()).as("%s", said).isTrue();
    }
  }
}
