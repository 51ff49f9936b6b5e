package hostperf.unittest;

import hostperf.host.Command;
import hostperf.host.Processes;
import hostperf.host.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Starts the test command on some tests and reads what came out.
///
/// Bytecode is not written: versions of a file that are swapped in for a moment must leave none.
/// A file that cannot be collected does not keep the others from running.
public final class TestRun {
  private final Processes processes;
  private final TestCommand command;

  public TestRun(Processes processes, TestCommand command) {
    this.processes = processes;
    this.command = command;
  }

  /// @param tests files, folders or ids; none runs the command as it stands
  /// @param wanted tests, files and folders of which the report is to say whether one passed
  /// @param log gets the whole output; the report lies beside it, with `.xml` added
  public Ran run(List<String> tests, Collection<String> wanted, Path log) {
    var xml = log.resolveSibling(log.getFileName() + ".xml").toAbsolutePath();
    prepare(xml);
    var arguments = new ArrayList<>(command.arguments());
    tests.stream().map(TestRun::asPath).forEach(arguments::add);
    arguments.addAll(
        List.of(
            "--maxfail=0",
            "--continue-on-collection-errors",
            "-o",
            "junit_family=xunit1",
            "--junitxml=" + xml));
    var environment = new HashMap<>(command.environment());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    var reads = Reads.of(command, log);
    environment.putAll(reads.environment());
    var finished =
        processes.run(
            new Command(
                arguments, command.directory(), environment, command.limit(), Optional.of(log)));
    // What a test printed or compared stands in the report, which stays.
    Redactor.ofChild(environment, arguments).clean(xml);
    var report = JunitXml.read(xml, file -> located(file, tests), wanted);
    return new PytestEnd(finished, command, log).judged(report, reads.files());
  }

  /// A repository can have files whose names pytest would take for options (`-k/test_x.py`), or for
  /// files of options (`@x`).
  private static String asPath(String test) {
    return test.startsWith("-") || test.startsWith("@") ? "./" + test : test;
  }

  private static void prepare(Path xml) {
    try {
      Files.createDirectories(xml.getParent());
      Files.deleteIfExists(xml); // an older report would be taken for this run's
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// pytest names files from its root folder, which is where it finds its ini file: the command's
  /// folder, or one on the way to the tests.
  private String located(String file, List<String> tests) {
    if (!Files.exists(command.directory().resolve(file))) {
      for (String test : tests) {
        for (var folder = Path.of(test.replaceFirst("::.*", ""));
            folder != null;
            folder = folder.getParent()) {
          var found = folder.resolve(file);
          if (Files.exists(command.directory().resolve(found))) {
            return found.normalize().toString().replace('\\', '/');
          }
        }
      }
    }
    return file;
  }
}
