package hostperf.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The pages under `references/`, as pages: listed, read, completed and searched.
///
/// Nothing is read until it is asked for, and a page that changed meanwhile is read anew: there are
/// a few dozen, so a search over all of them is cheaper than keeping an index true.
///
/// @param folder `references/`
public record References(Path folder) {

  /// A page.
  ///
  /// @param path below the folder, with `/`
  /// @param summary its first sentence
  public record Reference(String path, String title, String summary) {}

  /// A section that answers a query.
  ///
  /// @param path below the folder, with `/`
  /// @param title of the page
  /// @param heading of the section
  /// @param excerpt its text from the first line that has a word of the query, at most 300
  ///     characters
  /// @param score higher is better; comparable within one search only
  public record Match(String path, String title, String heading, String excerpt, double score) {}

  /// All pages, by path.
  public List<Reference> all() {
    return paths().stream().map(this::reference).toList();
  }

  /// Paths that begin with, or else contain, what was typed; by path.
  public List<String> complete(String typed) {
    var beginning = paths().stream().filter(p -> p.startsWith(typed)).toList();
    return beginning.isEmpty()
        ? paths().stream().filter(p -> p.contains(typed)).toList()
        : beginning;
  }

  /// A page's text.
  ///
  /// @return empty where there is no such page, also for a path that leads out of the folder
  public Optional<String> text(String path) {
    return paths().contains(path) ? Optional.of(wholeText(path)) : Optional.empty();
  }

  /// Sections that fit the query, the best first; none where no word of it occurs.
  ///
  /// @param query plain words; identifiers count whole and in their parts
  /// @param type a hotspot type such as `HOIST`: sections that do not name it are left out, and it
  ///     counts as a word of the query
  public List<Match> search(String query, Optional<String> type) {
    return new SectionSearch(query, type).best(paths().stream().flatMap(this::units).toList());
  }

  private Stream<SectionSearch.Unit> units(String path) {
    var page = read(path);
    var title = page.title();
    return page.sections().stream()
        .map(s -> new SectionSearch.Unit(path, title, s.heading(), s.lines()));
  }

  private String wholeText(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reference reference(String path) {
    var page = read(path);
    return new Reference(path, page.title(), page.summary());
  }

  private Page read(String path) {
    return Page.read(folder.resolve(path));
  }

  private List<String> paths() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(path -> path.endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
