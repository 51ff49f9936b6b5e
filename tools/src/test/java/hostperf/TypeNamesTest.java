package hostperf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One word for one thing: a type's simple name is enough to know which type is meant.
class TypeNamesTest {
  /// Names that two packages may share: the name → why.
  private static final Map<String, String> SHARED = Map.of();

  @Test
  void givesNoTwoTypesTheSameSimpleName() throws IOException {
    var shared = new TreeMap<String, TreeSet<String>>();
    for (var module : List.of("tools", "server")) {
      var sources = Golden.root().resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(f -> f.toString().endsWith(".java"))
            .filter(f -> !f.endsWith("package-info.java") && !f.endsWith("module-info.java"))
            .forEach(
                f ->
                    shared
                        .computeIfAbsent(f.getFileName().toString(), _ -> new TreeSet<>())
                        .add(sources.relativize(f.getParent()).toString().replace('/', '.')));
      }
    }
    shared.values().removeIf(packages -> packages.size() == 1);
    assertThat(shared.keySet().stream().map(name -> name.replace(".java", "")))
        .as("name each type for its concept, or add the reason to SHARED: %s", shared)
        .containsExactlyInAnyOrderElementsOf(SHARED.keySet());
  }
}
