package hostperf.report;

import hostperf.fact.FactText;
import hostperf.fact.Facts;
import hostperf.fact.FactsByLine;
import hostperf.lines.LineCost;
import hostperf.lines.ProfileReport;
import hostperf.profile.Passes;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.CallTree;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Ranking;
import hostperf.stacks.SeenStacks;
import hostperf.stacks.Shares.LineShare;
import hostperf.stacks.StackProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// What the script of a profile's page draws, as JSON without `<`.
final class ProfilePageData {
  private static final int LONGEST_NAME = 300;
  private static final int LONGEST_LINE = 400;
  private static final int MOST_LINES = 400;
  private static final int MOST_SOURCES = 400;
  private static final int AROUND = 3;

  private final Passes.Result result;
  private final Ranking ranking;
  private final SeenStacks seen;
  private final Sources sources;
  private final FunctionNames names;
  private final FactsByLine facts;
  private boolean isOfSteps;
  private final Map<Key, FunctionData> functions = new LinkedHashMap<>();

  private record Key(String name, String file) {}

  /// @param at number in the list of functions
  /// @param hot lines that were sampled, with their largest total share in any view
  private record FunctionData(int at, Key key, Map<Integer, Double> hot) {}

  /// @param nodes depth, function, own and total share of each, one after the other
  /// @param lines function, line, own and total share
  private record View(
      String thread,
      long process,
      boolean holding,
      double weight,
      int dropped,
      List<Number> nodes,
      List<Number> lines) {}

  /// @param first number of the first of `lines`
  private record FunctionRow(
      String name,
      String file,
      int first,
      List<String> lines,
      Map<Integer, Long> hits,
      Map<Integer, List<String>> facts) {}

  private record PageData(
      String root,
      String file,
      String how,
      String format,
      boolean timed,
      double seconds,
      long samples,
      double warmUp,
      List<String> remarks,
      List<View> views,
      List<FunctionRow> functions) {}

  ProfilePageData(Passes.Result result, SeenStacks seen, Sources sources) {
    this.result = result;
    this.ranking = result.ranking().orElseThrow();
    this.seen = seen;
    this.sources = sources;
    this.names = new FunctionNames(sources);
    this.facts = new FactsByLine(result.facts().map(f -> f.facts()).orElse(Facts.NONE));
  }

  /// Threads one by one are left out.
  ProfilePageData ofSteps() {
    isOfSteps = true;
    return this;
  }

  /// Names in a profile are anybody's: none may end the script element that holds the data.
  String json() {
    var views =
        CallTree.of(ranking.root(), seen).stream()
            .filter(tree -> !isOfSteps || tree.view().thread().isEmpty())
            .map(this::view)
            .toList();
    var wall = seen.wall();
    var page =
        new PageData(
            name(ranking.root().function()),
            shown(ranking.root().file()),
            ranking.root().how().name(),
            name(wall.source()),
            wall.unit() == StackProfile.Unit.SECONDS,
            ranking.seconds(),
            ranking.samples(),
            ranking.warmUp(),
            result.remarks().stream().map(r -> UntrustedText.line(r, 2_000)).toList(),
            views,
            rows());
    return JsonMapper.shared().writeValueAsString(page).replace("<", "\\u003c");
  }

  private View view(CallTree tree) {
    List<Number> nodes = new ArrayList<>();
    for (CallTree.Node node : tree.nodes()) {
      nodes.add(node.depth());
      nodes.add(function(node.function(), node.file()).at());
      nodes.add(rounded(node.own()));
      nodes.add(rounded(node.total()));
    }
    List<Number> lines = new ArrayList<>();
    for (LineShare line : tree.lines()) {
      var function = function(line.place().function(), line.place().file());
      function.hot().merge(line.place().line(), line.total(), Math::max);
      lines.add(function.at());
      lines.add(line.place().line());
      lines.add(rounded(line.own()));
      lines.add(rounded(line.total()));
    }
    return new View(
        name(tree.view().thread()),
        tree.view().process(),
        tree.view().isHolding(),
        rounded(tree.weight()),
        tree.dropped(),
        nodes,
        lines);
  }

  private FunctionData function(String name, String file) {
    return functions.computeIfAbsent(
        new Key(name, file), key -> new FunctionData(functions.size(), key, new TreeMap<>()));
  }

  private List<FunctionRow> rows() {
    List<FunctionRow> rows = new ArrayList<>();
    for (FunctionData function : functions.values()) {
      var range = rows.size() < MOST_SOURCES ? range(function) : Optional.<Range>empty();
      var key = function.key();
      rows.add(
          new FunctionRow(
              name(key.name()),
              shown(key.file()),
              range.map(Range::first).orElse(0),
              range.map(Range::text).orElse(List.of()),
              range.map(r -> hits(key.file(), r)).orElse(Map.of()),
              range.map(r -> facts(key.file(), r)).orElse(Map.of())));
    }
    return rows;
  }

  private record Range(PythonFile file, int first, int last) {
    List<String> text() {
      List<String> text = new ArrayList<>();
      for (int line = first; line <= last; line++) {
        text.add(UntrustedText.block(file.line(line), LONGEST_LINE));
      }
      return text;
    }
  }

  /// The function's lines; of a module, and of a function too long to read, those around what was
  /// sampled. A profile can name any file, so only Python's are shown.
  private Optional<Range> range(FunctionData function) {
    if (function.hot().keySet().stream().allMatch(line -> line < 1)
        || !function.key().file().matches(".*\\.pyx?")) {
      return Optional.empty();
    }
    int hottest =
        function.hot().entrySet().stream()
            .filter(e -> e.getKey() > 0)
            .max(Map.Entry.comparingByValue())
            .orElseThrow()
            .getKey();
    return names
        .source(function.key().file())
        .filter(file -> hottest <= file.lineCount())
        .map(file -> range(function, file, hottest));
  }

  private static Range range(FunctionData function, PythonFile file, int hottest) {
    var defined =
        function.key().name().equals("<module>")
            ? Optional.<PythonFunction>empty()
            : file.functionAt(hottest);
    var lines = function.hot().keySet().stream().filter(l -> l > 0).toList();
    int first = defined.map(f -> f.firstLine()).orElse(lines.getFirst() - AROUND);
    int last = defined.map(f -> f.endLine()).orElse(lines.getLast() + AROUND);
    if (last - first >= MOST_LINES) {
      first = Math.max(first, hottest - MOST_LINES / 2);
      last = Math.min(last, first + MOST_LINES - 1);
    }
    return new Range(file, Math.max(1, first), Math.min(file.lineCount(), last));
  }

  private Map<Integer, Long> hits(String file, Range range) {
    Map<Integer, Long> hits = new TreeMap<>();
    for (var function : result.hits().map(ProfileReport::functions).orElse(List.of())) {
      if (function.file().equals(file)) {
        for (LineCost cost : function.lines()) {
          if (cost.line() >= range.first() && cost.line() <= range.last() && cost.hits() > 0) {
            hits.merge(cost.line(), cost.hits(), Math::max);
          }
        }
      }
    }
    return hits;
  }

  private Map<Integer, List<String>> facts(String file, Range range) {
    Map<Integer, List<String>> byLine = new TreeMap<>();
    var within = facts.within(file, range.first(), range.last());
    for (var fact : within.lines()) {
      byLine
          .computeIfAbsent(fact.place().line(), _ -> new ArrayList<>())
          .add(UntrustedText.line(FactText.of(fact, within.counted()), LONGEST_LINE));
    }
    return byLine;
  }

  private String shown(String file) {
    String root = sources.root() + "/";
    return name(file.startsWith(root) ? file.substring(root.length()) : file);
  }

  private static String name(String text) {
    return UntrustedText.line(text, LONGEST_NAME);
  }

  private static double rounded(double share) {
    return Math.round(share * 1e5) / 1e5;
  }
}
