package hostperf.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A checkout's own script that measures, and the line in which it prints its throughput.
///
/// @param path relative to the checkout
record BenchScript(Path root, String path) {
  private static final List<String> AT_THE_TOP = List.of("bench.py", "benchmark.py", "main.py");
  private static final List<String> FOLDERS =
      List.of("workload", "workloads", "bench", "benchmark", "benchmarks");
  private static final Pattern NAME = Pattern.compile("(bench|benchmark)(_.*)?\\.py");

  /// `print(f"Throughput: {tokens / took:.1f} tok/s")`: what stands before the value and behind it.
  private static final Pattern PRINTED =
      Pattern.compile(
          "print\\(\\s*f([\"'])([^\"'{}\\\\]*)\\{[^{}\\\\]*\\}( ?(?:tok(?:en)?s?)/s(?:ec)?)?[^\\n]*\\)");

  /// The one at the top, else the only one in a folder of such scripts.
  static Optional<BenchScript> in(Path root) {
    return AT_THE_TOP.stream()
        .filter(name -> Files.isRegularFile(root.resolve(name)))
        .findFirst()
        .or(() -> only(FOLDERS.stream().flatMap(folder -> scripts(root, folder)).toList()))
        .map(path -> new BenchScript(root, path));
  }

  private static Optional<String> only(List<String> paths) {
    return paths.size() == 1 ? Optional.of(paths.getFirst()) : Optional.empty();
  }

  private static Stream<String> scripts(Path root, String folder) {
    if (!Files.isDirectory(root.resolve(folder))) {
      return Stream.empty();
    }
    try (var files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .map(name -> folder + "/" + name)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The pattern of its throughput; absent where no print of it says so, or several do.
  Optional<String> throughput() {
    return only(
        text()
            .lines()
            .flatMap(line -> PRINTED.matcher(line).results())
            .filter(m -> m.group(3) != null || m.group(2).matches("(?i).*throughput[^,;]*"))
            .map(m -> literal(m.group(2)) + "([\\d.]+)" + (m.group(3) == null ? "" : m.group(3)))
            .distinct()
            .toList());
  }

  private static String literal(String text) {
    return text.replaceAll("[\\[\\](){}.*+?^$|\\\\]", "\\\\$0");
  }

  private String text() {
    try {
      return new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
