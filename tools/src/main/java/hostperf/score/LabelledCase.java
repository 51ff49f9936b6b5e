package hostperf.score;

import hostperf.Refusal;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.HotspotType;
import hostperf.host.TextFile;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real fix with the type that its engineer's change showed; a line of a cases file.
///
/// @param type the type by the change, and those that a reasonable reader would accept
record LabelledCase(String id, Place place, HotspotType type, List<HotspotType> also) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  LabelledCase {
    also = List.copyOf(also);
  }

  /// Where the slow code stands.
  ///
  /// @param source `owner/name` of the repository
  /// @param flagged first and last line of the whole span
  /// @param hot the lines a line profiler would show hot
  record Place(
      String source,
      String commit,
      String file,
      String function,
      Flagged flagged,
      List<Integer> hot) {
    Place {
      hot = List.copyOf(hot);
    }
  }

  record Flagged(int first, int last) {
    boolean covers(int line) {
      return first <= line && line <= last;
    }
  }

  /// Reads one JSON object a line; cases whose cost shows at no line are left out.
  static List<LabelledCase> read(Path cases) {
    var read = new ArrayList<LabelledCase>();
    try (var lines = new BufferedReader(TextFile.reader(cases))) {
      int number = 0;
      for (var line : (Iterable<String>) lines.lines()::iterator) {
        number++;
        if (!line.isBlank()) {
          one(line, number).ifPresent(read::add);
        }
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<LabelledCase> one(String line, int number) {
    try {
      var json = JSON.readTree(line);
      return json.path("line_visible").asBoolean(true) ? Optional.of(of(json)) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException | NoSuchElementException _) {
      throw new Refusal(
          "Line %d of the cases is not a labelled case.".formatted(number),
          "Give one JSON object a line with id, source, parent, file, function, before_lines,"
              + " hot_lines, type and also, as bench/classify/cases.jsonl has them.");
    }
  }

  private static LabelledCase of(JsonNode c) {
    var span = numbers(c.path("before_lines"));
    var place =
        new Place(
            c.path("source").asString(),
            c.path("parent").asString(),
            c.path("file").asString(),
            c.path("function").asString(),
            new Flagged(span.getFirst(), span.getLast()),
            numbers(c.path("hot_lines")));
    var also = items(c.path("also")).stream().map(n -> HotspotType.valueOf(n.asString())).toList();
    return new LabelledCase(
        c.path("id").asString(), place, HotspotType.valueOf(c.path("type").asString()), also);
  }

  private static List<Integer> numbers(JsonNode array) {
    return items(array).stream().map(JsonNode::asInt).toList();
  }

  private static List<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /// Where classifying shows the hot lines: at the line itself, or, where several lines of one
  /// statement cost, at the first of these.
  Set<Integer> shown(PythonFile file) {
    var lines = new HashSet<>(place.hot());
    for (int line : place.hot()) {
      file.functionAt(line).flatMap(f -> f.statementAt(line)).map(Node::line).ifPresent(lines::add);
    }
    return lines;
  }

  /// The hotspot that answers the case: the first on a hot line, else in the flagged span.
  Optional<Hotspot> answer(List<Hotspot> hotspots, Set<Integer> shown) {
    return hotspots.stream()
        .filter(h -> shown.contains(h.place().line()))
        .findFirst()
        .or(
            () ->
                hotspots.stream()
                    .filter(h -> place.flagged().covers(h.place().line()))
                    .findFirst());
  }

  boolean accepts(HotspotType answer) {
    return answer == type || also.contains(answer);
  }
}
