package hostperf.unittest;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which code and settings of the checkout a run of tests reads, in every Python process that it
/// starts: a `sitecustomize` adds an audit hook, which sees each file that is opened and each
/// compiled module that is imported.
///
/// @param code folder that is put on `PYTHONPATH`
/// @param record what the hook writes
record Reads(TestCommand command, Path code, Path record) {
  private static final String HOOK = "/hostperf/unittest/reads/sitecustomize.py";

  /// @param log of the run; what is read is written down beside it
  static Reads of(TestCommand command, Path log) {
    var code = log.resolveSibling("reads").toAbsolutePath();
    var record = log.resolveSibling(log.getFileName() + ".reads").toAbsolutePath();
    try (InputStream hook = Objects.requireNonNull(Reads.class.getResourceAsStream(HOOK), HOOK)) {
      Files.createDirectories(code);
      Files.copy(hook, code.resolve("sitecustomize.py"), StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reads(command, code, record);
  }

  Map<String, String> environment() {
    var path =
        Optional.ofNullable(
            command.environment().getOrDefault("PYTHONPATH", System.getenv("PYTHONPATH")));
    return Map.of(
        "PYTHONPATH",
        code + path.map(rest -> File.pathSeparator + rest).orElse(""),
        "HOSTPERF_READS",
        record.toString(),
        "HOSTPERF_READS_OF",
        command.directory().toAbsolutePath().toString());
  }

  /// Relative to the checkout; empty where no process loaded the hook (`python -I`).
  Optional<Set<String>> files() {
    if (!Files.isRegularFile(record)) {
      return Optional.empty();
    }
    try {
      var text = new String(Files.readAllBytes(record), StandardCharsets.UTF_8);
      var files = new TreeSet<>(text.lines().toList());
      files.remove("");
      return Optional.of(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
