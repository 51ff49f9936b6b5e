package hostperf.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Python packages that a checkout is there for: those of the known engines, else the one that
/// has the project's name, else all that lie at its top.
public final class Packages {
  /// Each has a target map, and is named there as its package, with hyphens.
  public static final List<String> ENGINES = List.of("tensorrt_llm", "vllm", "sglang", "lmdeploy");

  private static final List<String> HOMES = List.of("", "python", "src");
  private static final Set<String> OTHERS =
      Set.of(
          "test",
          "tests",
          "testing",
          "bench",
          "benches",
          "benchmark",
          "benchmarks",
          "doc",
          "docs",
          "example",
          "examples",
          "script",
          "scripts",
          "tool",
          "tools",
          "utils",
          "ci");
  private static final Pattern NAME =
      Pattern.compile("(?m)^\\[project]\\s*(?:\\n(?!\\[).*)*?\\n\\s*name\\s*=\\s*[\"']([^\"']+)");

  private final Path root;

  public Packages(Path root) {
    this.root = root;
  }

  /// What `target:` calls an engine.
  public static String target(String engine) {
    return engine.replace('_', '-');
  }

  /// The engine of this checkout, if it is a known one, by its package.
  String engine() {
    return ENGINES.stream()
        .filter(e -> HOMES.stream().anyMatch(h -> Files.isDirectory(root.resolve(h).resolve(e))))
        .findFirst()
        .orElse("");
  }

  /// Folders relative to the checkout, with `/` at their end; none where no package is found.
  public List<String> folders() {
    var engine = engine();
    if (!engine.isEmpty()) {
      return HOMES.stream()
          .filter(h -> Files.isDirectory(root.resolve(h).resolve(engine)))
          .map(h -> (h.isEmpty() ? "" : h + "/") + engine + "/")
          .limit(1)
          .toList();
    }
    var all = HOMES.stream().flatMap(h -> packages(h).stream()).toList();
    var project = project();
    var own = all.stream().filter(p -> p.endsWith("/" + project) || p.equals(project)).toList();
    return own.isEmpty() ? all : own;
  }

  /// What `policy.editable` is by default.
  List<String> editable() {
    return folders().stream().map(f -> f + "**/*.py").toList();
  }

  private List<String> packages(String home) {
    var folder = root.resolve(home);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(f -> Files.isRegularFile(f.resolve("__init__.py")))
          .map(f -> f.getFileName().toString())
          .filter(n -> !OTHERS.contains(n) && !n.startsWith("test"))
          .sorted()
          .map(n -> (home.isEmpty() ? "" : home + "/") + n + "/")
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not list the checkout", e);
    }
  }

  /// As its package is spelled, with `/` at its end.
  private String project() {
    try {
      var file = root.resolve("pyproject.toml");
      var text =
          Files.isRegularFile(file)
              ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
              : "";
      var name = NAME.matcher(text);
      return name.find() ? name.group(1).replaceAll("[-.]+", "_") + "/" : "/";
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read pyproject.toml", e);
    }
  }
}
