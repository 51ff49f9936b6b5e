package hostperf.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Folders by where they lie for somebody else.
final class PathMap {
  private final Map<String, String> folders;
  private final Pattern pattern;

  /// @param folders the longest match counts
  PathMap(Map<String, String> folders) {
    this.folders = Map.copyOf(folders);
    this.pattern = pattern(folders.keySet());
  }

  /// Where two folders lie in one place there, either is right here.
  PathMap inverse() {
    var inverse = new HashMap<String, String>();
    folders.forEach((here, there) -> inverse.put(there, here));
    return new PathMap(inverse);
  }

  /// A text with every path that it holds as it is there.
  String of(String text) {
    return pattern
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(Objects.requireNonNull(folders.get(m.group()))));
  }

  /// Does the same to a file.
  void rewrite(Path file) {
    try {
      // Whatever it holds besides stays as it is, byte for byte.
      var text = Files.readString(file, StandardCharsets.ISO_8859_1);
      var changed = inBytes().of(text);
      if (!changed.equals(text)) {
        Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not map the paths in " + file, e);
    }
  }

  /// Does the same to the files whose names begin with this one, without its ending, and a dot.
  void rewriteBeside(Path named) {
    var folder = named.getParent();
    var beginning = named.getFileName().toString().replaceFirst("\\.(json|txt)$", "") + ".";
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      files
          .filter(f -> f.getFileName().toString().startsWith(beginning))
          .filter(Files::isRegularFile)
          .toList()
          .forEach(this::rewrite);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not see what a launch left in " + folder, e);
    }
  }

  /// The same for texts with one character a byte.
  private PathMap inBytes() {
    var inBytes = new HashMap<String, String>();
    folders.forEach((here, there) -> inBytes.put(bytes(here), bytes(there)));
    return new PathMap(inBytes);
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// The longest first, and only whole names: `/src` is no part of `/src2`.
  private static Pattern pattern(Set<String> folders) {
    return folders.isEmpty()
        ? Pattern.compile("(?!)")
        : Pattern.compile(
            folders.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w./-])(?:", ")(?![\\w.-])")));
  }
}
