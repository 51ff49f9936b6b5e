package hostperf.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The skill that comes with hostperf, by the Agent Skills specification: how an agent works with
/// it, and the pages of `references/` as its supporting files. Read when it is asked for.
///
/// @param folder holds `SKILL.md`; its name is the skill's
public record Skill(Path folder, References references) {
  public static final String MAIN = "SKILL.md";
  private static final String PAGES = "references/";

  public String name() {
    return folder.getFileName().toString();
  }

  /// The head of `SKILL.md`, as it stands there.
  public Map<String, Object> frontmatter() {
    var file = folder.resolve(MAIN);
    var head = new LinkedHashMap<String, Object>();
    Fields.parse(file.toString(), Page.read(file).front())
        .map()
        .forEach((key, value) -> head.put(String.valueOf(key), value));
    return head;
  }

  /// Every file, `SKILL.md` first; below the skill's folder, with `/`.
  public List<String> files() {
    return Stream.concat(
            Stream.of(MAIN), references.all().stream().map(page -> PAGES + page.path()))
        .toList();
  }

  /// A file's text.
  ///
  /// @return empty where there is no such file
  public Optional<String> text(String file) {
    return file.equals(MAIN)
        ? Optional.of(main())
        : Optional.of(file)
            .filter(f -> f.startsWith(PAGES))
            .flatMap(f -> references.text(f.substring(PAGES.length())));
  }

  private String main() {
    try {
      return Files.readString(folder.resolve(MAIN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
