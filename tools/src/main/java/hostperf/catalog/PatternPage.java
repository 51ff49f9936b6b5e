package hostperf.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One page of patterns: every `## ` section whose first block is a ```` ```yaml ```` head is one.
record PatternPage(String name, List<Pattern> patterns) {
  private static final String FENCE = "```";

  static PatternPage read(Path references, Path file) {
    try {
      var name = references.relativize(file).toString().replace('\\', '/');
      return new PatternPage(name, parse(name, Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Pattern> parse(String page, String text) {
    var patterns = new ArrayList<Pattern>();
    var sections = ("\n" + text).split("\n## ");
    for (int i = 1; i < sections.length; i++) {
      var section = Section.of(sections[i]);
      if (section.blocks.containsKey("yaml")) {
        patterns.add(section.pattern(page));
      }
    }
    return patterns;
  }

  /// A section taken apart: its title, its fenced blocks by what stands behind the fence, the rest.
  private record Section(String title, Map<String, String> blocks, String prose) {

    private static Section of(String text) {
      var blocks = new HashMap<String, String>();
      var prose = new StringBuilder();
      var lines = text.split("\n", -1);
      for (int i = 1; i < lines.length; i++) {
        if (!lines[i].startsWith(FENCE)) {
          if (lines[i].startsWith("<!--")) {
            break; // the generated table behind the last entry
          }
          prose.append(lines[i]).append('\n');
          continue;
        }
        var block = new StringBuilder();
        var info = lines[i].substring(FENCE.length()).strip();
        while (++i < lines.length && !lines[i].startsWith(FENCE)) {
          block.append(lines[i]).append('\n');
        }
        blocks.putIfAbsent(info, block.toString());
      }
      return new Section(
          lines[0].strip(), blocks, prose.toString().replaceAll("\n{3,}", "\n\n").strip());
    }

    private Pattern pattern(String page) {
      var head = new HeadReader(page, title, blocks.getOrDefault("yaml", ""));
      return new Pattern(head.id(), title, page, head.head(), prose, head.example(blocks));
    }
  }
}
