package hostperf.catalog;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// All patterns, read from the pages under `references/patterns/`.
///
/// Reading refuses a page whose head is incomplete or says something that is not allowed, naming
/// page, pattern and key: a catalogue that is half read would propose half of it.
public final class Catalog {
  private final List<Pattern> patterns;

  private Catalog(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /// @param references the folder `references/` of the repository or of the installation
  public static Catalog read(Path references) {
    try (var pages = Files.list(references.resolve("patterns"))) {
      var patterns =
          pages
              .filter(p -> p.toString().endsWith(".md"))
              .sorted()
              .flatMap(p -> PatternPage.read(references, p).patterns().stream())
              .toList();
      refuseTwins(patterns);
      return new Catalog(patterns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In the order of the pages' names, and within a page in its order.
  public List<Pattern> patterns() {
    return patterns;
  }

  /// The pattern with this id, or that covers this name.
  public Optional<Pattern> pattern(String name) {
    return patterns.stream()
        .filter(p -> p.id().equals(name) || p.head().traits().covers().contains(name))
        .findFirst();
  }

  /// As `pattern`, for callers to whom an unknown name is the user's slip.
  public Pattern required(String name) {
    return pattern(name)
        .orElseThrow(
            () ->
                new Refusal(
                    "No pattern is called '" + name + "'.",
                    "Name one of: "
                        + String.join(", ", patterns.stream().map(Pattern::id).toList())));
  }

  private static void refuseTwins(List<Pattern> patterns) {
    var pageOf = new HashMap<String, String>();
    for (var pattern : patterns) {
      var other = pageOf.put(pattern.id(), pattern.page());
      if (other != null) {
        throw new Refusal(
            "Two patterns are called '%s': in %s and in %s."
                .formatted(pattern.id(), other, pattern.page()),
            "Rename one of them.");
      }
    }
  }
}
