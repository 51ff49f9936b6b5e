package hostperf.catalog;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the relative links of our own pages: each leads to a file, and its anchor to a heading.
class LinksTest {
  private static final Pattern LINK =
      Pattern.compile("(?:]\\(|src=\")(?!https?:|mailto:)([^)\"#\\s]*)#?([^)\"\\s]*)[)\"]");

  @Test
  void leadToFilesAndHeadings() throws IOException {
    var broken = new ArrayList<String>();
    for (var page : pages()) {
      broken(page).forEach(link -> broken.add(Golden.root().relativize(page) + " " + link));
    }
    assertThat(broken).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    try (var files = Files.walk(Golden.root(), 3)) {
      return files
          .filter(f -> f.toString().endsWith(".md"))
          .filter(
              f ->
                  Golden.root()
                      .relativize(f)
                      .toString()
                      .matches("(references|docs|prompts)/.*|[^/]*"))
          .toList();
    }
  }

  private static List<String> broken(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .filter(link -> !leads(page, link.group(1), link.group(2)))
        .map(link -> link.group())
        .toList();
  }

  private static boolean leads(Path page, String path, String anchor) {
    var target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    return Files.exists(target) && (anchor.isEmpty() || anchors(target).contains(anchor));
  }

  private static Set<String> anchors(Path page) {
    return Page.read(page).sections().stream().map(s -> anchor(s.heading())).collect(toSet());
  }

  /// As GitHub makes them: lower case, punctuation out, blanks to hyphens.
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  /// A test that walks nothing proves nothing.
  @Test
  void findsThePages() throws IOException {
    assertThat(pages())
        .extracting(p -> p.getFileName().toString())
        .contains("README.md", "examples.md");
    try (Stream<Path> files = Files.list(Golden.root().resolve("references"))) {
      assertThat(pages()).containsAll(files.filter(f -> f.toString().endsWith(".md")).toList());
    }
  }
}
