package hostperf.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Markdown page: its text, its headings' sections and its fenced blocks.
///
/// @param front the YAML between two lines of `---` at the very beginning, or nothing
/// @param lines what follows
record Page(String front, List<String> lines) {
  private static final String FRONT = "---";
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

  Page {
    lines = List.copyOf(lines);
  }

  static Page read(Path file) {
    try {
      return of(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Page of(List<String> lines) {
    var end = lines.subList(Math.min(1, lines.size()), lines.size()).indexOf(FRONT) + 1;
    return end > 0 && lines.getFirst().equals(FRONT)
        ? new Page(String.join("\n", lines.subList(1, end)), lines.subList(end + 1, lines.size()))
        : new Page("", lines);
  }

  /// The first heading's text, or nothing where the page has none.
  String title() {
    return lines.stream()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(m -> m.group(1))
        .orElse("");
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /// The first sentence of the first paragraph, without Markdown's links and emphasis.
  String summary() {
    var paragraph =
        lines.stream()
            .dropWhile(l -> l.isBlank() || l.startsWith("#"))
            .takeWhile(l -> !l.isBlank())
            .collect(Collectors.joining(" "));
    var plain = paragraph.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replaceAll("[*`]", "");
    return plain.replaceFirst("(?<=[.:!?])\\s.*", "");
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

  /// The rows of all tables, without the line of dashes, cells stripped.
  List<List<String>> rows() {
    return lines.stream()
        .filter(line -> line.startsWith("|") && !line.matches("[|: -]+"))
        .map(line -> Stream.of(line.substring(1).split("\\|")).map(String::strip).toList())
        .toList();
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
      var match = HEADING.matcher(line);
      if (!fenced && match.matches()) {
        addSection(sections, heading, body);
        heading = match.group(1);
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
