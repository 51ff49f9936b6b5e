package hostperf.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonSetupTest {
  private final Processes processes = new LocalProcesses();
  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  @TempDir Path temp;

  @Test
  void findsAnInterpreterThatHasWhatProfilingNeeds() {
    Path python = new PythonSetup(processes, realBut(Map.of()), progress::add).python();

    var facts = new PythonProbe(processes, realBut(Map.of())).ask(python);
    assertThat(facts).hasValueSatisfying(found -> assertThat(found.missing()).isEmpty());
  }

  @Test
  void keepsItsAnswerAndStartsNothingTheNextTime() {
    Path first = new PythonSetup(processes, realBut(Map.of()), progress::add).python();

    Processes none =
        (_, _) -> {
          throw new AssertionError("started a process");
        };
    assertThat(new PythonSetup(none, realBut(Map.of()), progress::add).python()).isEqualTo(first);
  }

  @Test
  void looksAgainWhenAKeptModuleIsGone() throws IOException {
    var setup = new PythonSetup(processes, realBut(Map.of()), progress::add);
    Path first = setup.python();
    Path answer = temp.resolve("hostperf/python/interpreter");
    List<String> lines = Files.readAllLines(answer);
    lines.set(2, "/nonexistent/line_profiler.py");
    Files.write(answer, lines);
    progress.clear();

    assertThat(setup.python()).isEqualTo(first);
    assertThat(progress).isNotEmpty();
  }

  @Test
  void passesOverAnInterpreterWithoutTheModulesAndSaysWhatItLacks() throws IOException {
    Path bare = bareInterpreter(temp);

    new PythonSetup(processes, realBut(Map.of("HOSTPERF_PYTHON", bare.toString())), progress::add)
        .python();

    assertThat(progress).contains(bare + " lacks line_profiler, pytest, pytest_timeout");
  }

  @Test
  void saysTheExactCommandsWhenNothingCanBeInstalled() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("bare"));
    bareInterpreter(folder);
    Map<String, String> environment =
        Map.of(
            "PATH", folder.toString(), "XDG_CACHE_HOME", temp.toString(), "HOME", temp.toString());

    assertThatThrownBy(
            () -> new PythonSetup(processes, environment, List.of(), progress::add).python())
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.next())
                    .contains("apt-get install -y python3-line-profiler")
                    .contains("pip install line_profiler pytest pytest-timeout"));
    assertThat(progress).contains("Debian's packages need apt-get and root");
  }

  @Test
  void twoAtOnceSetUpOnlyOnce() throws InterruptedException {
    var setup = new PythonSetup(processes, realBut(Map.of()), progress::add);
    var threads =
        List.of(Thread.ofVirtual().start(setup::python), Thread.ofVirtual().start(setup::python));
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(progress).filteredOn(line -> line.startsWith("Looking for")).hasSize(1);
  }

  /// This machine's environment with a cache folder of the test's own.
  private Map<String, String> realBut(Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("XDG_CACHE_HOME", temp.toString());
    environment.putAll(changes);
    return environment;
  }

  /// A real interpreter that sees the standard library alone and makes no environments, as
  /// Debian's without python3-venv: making one takes seconds.
  private Path bareInterpreter(Path folder) throws IOException {
    Path script = folder.resolve("python3");
    Files.writeString(
        script, "#!/bin/sh\n[ \"$2\" = venv ] && exit 1\nexec /usr/bin/python3 -I -S \"$@\"\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
