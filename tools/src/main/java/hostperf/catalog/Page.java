package hostperf.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Markdown page: its text, its headings' sections and its fenced blocks.
record Page(List<String> lines) {
  Page {
    lines = List.copyOf(lines);
  }

  static Page read(Path file) {
    try {
      return new Page(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first heading's text, or nothing where the page has none.
  String title() {
    return sections().stream()
        .map(Section::heading)
        .filter(h -> !h.isEmpty())
        .findFirst()
        .orElse("");
  }

  /// The contents of the fenced blocks of a language, in order.
  List<String> blocks(String language) {
    var blocks = new ArrayList<String>();
    var block = new ArrayList<String>();
    var inside = false;
    for (var line : lines) {
      if (inside && line.equals("```")) {
        blocks.add(String.join("\n", block));
        block.clear();
        inside = false;
      } else if (inside) {
        block.add(line);
      } else {
        inside = line.equals("```" + language);
      }
    }
    return List.copyOf(blocks);
  }

  /// The page cut at its headings, in order. What stands before the first heading is a section
  /// without one. A `#` inside a fenced block is no heading.
  List<Section> sections() {
    var sections = new ArrayList<Section>();
    var heading = "";
    var body = new ArrayList<String>();
    var fenced = false;
    for (var line : lines) {
      fenced ^= line.startsWith("```");
      if (!fenced && line.matches("#{1,6} .*")) {
        addSection(sections, heading, body);
        heading = line.replaceFirst("^#+ +", "");
      } else {
        body.add(line);
      }
    }
    addSection(sections, heading, body);
    return List.copyOf(sections);
  }

  private static void addSection(List<Section> sections, String heading, List<String> body) {
    if (!heading.isEmpty() || body.stream().anyMatch(l -> !l.isBlank())) {
      sections.add(new Section(heading, List.copyOf(body)));
    }
    body.clear();
  }

  /// A heading and the lines up to the next one.
  record Section(String heading, List<String> lines) {}
}
