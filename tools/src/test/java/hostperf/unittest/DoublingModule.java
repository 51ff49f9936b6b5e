package hostperf.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.LocalProcesses;
import hostperf.python.PythonSetup;
import hostperf.unittest.Ran.Cause;
import hostperf.unittest.Selection.Pick;
import hostperf.unittest.UnitTests.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A module `doubling` with its tests, run by a real Python and pytest.
abstract class DoublingModule {
  static final String BASE = "def twice(x):\n    return x + x\n";
  static final String WRONG = "def twice(x):\n    return x * x\n";
  static String python = "";

  @TempDir Path root;

  @BeforeAll
  static void findPython() {
    python = new PythonSetup(new LocalProcesses(), System.getenv(), _ -> {}).python().toString();
  }

  @BeforeEach
  void aModuleWithItsTests() throws IOException {
    write("code.cfg", "");
    write("conftest.py", "");
    write("doubling.py", BASE);
    write(
        "tests/test_doubling.py",
        """
        from doubling import twice
        def test_two(): assert twice(2) == 4
        def test_three(): assert twice(3) == 6
        """);
  }

  Ran withBase(Supplier<Ran> tests) {
    return with(BASE, tests);
  }

  Ran with(String base, Supplier<Ran> tests) {
    try {
      var candidate = Files.readString(root.resolve("doubling.py"));
      write("doubling.py", base);
      try {
        return tests.get();
      } finally {
        write("doubling.py", candidate);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestCommand command(String... options) {
    var arguments =
        Stream.concat(Stream.of(python, "-m", "pytest", "-q"), Stream.of(options)).toList();
    return new TestCommand(arguments, root, Map.of(), Duration.ofMinutes(2));
  }

  Outcome run(List<String> tests, Base base) {
    return run(command(), tests, base);
  }

  Outcome run(TestCommand command, List<String> tests, Base base) {
    var picks = tests.stream().map(t -> new Pick(t, "asked for")).toList();
    return new UnitTests(new LocalProcesses(), command, Supplier::get)
        .run(
            new Selection(picks, List.of(), List.of(), List.of()),
            root.resolve("logs/tests.log"),
            base);
  }

  Outcome run(Selection selection, Base base) {
    return new UnitTests(new LocalProcesses(), command(), Supplier::get)
        .run(selection, root.resolve("logs/tests.log"), base);
  }

  static Outcome.Judged judged(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Judged.class);
    return (Outcome.Judged) outcome;
  }

  static Ran.NotRun why(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    return ((Outcome.Unknown) outcome).why();
  }

  static Cause cause(Outcome outcome) {
    return why(outcome).cause();
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }
}
