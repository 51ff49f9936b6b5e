package hostperf.classify;

import hostperf.Golden;
import hostperf.catalog.TargetMap;
import hostperf.catalog.TargetMaps;
import hostperf.catalog.TypeHead;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A profile for Python text in which lines that end in `# hot` cost 20 µs a hit and all others
/// 0.2 µs; a line runs 1000 times, in a loop 16 times that.
public record Marked(PythonFile file, LineProfile profile) {
  public static final List<TypeHead> HEADS = TypeHead.read(Golden.root().resolve("references"));

  public static Marked of(String text) {
    var file = PythonFile.of("case.py", text);
    var hot =
        IntStream.rangeClosed(1, file.lineCount())
            .filter(l -> file.line(l).endsWith("# hot"))
            .boxed()
            .toList();
    var function = file.functionAt(hot.getFirst()).orElseThrow();
    return new Marked(file, new LineProfile(List.of(profile(function, hot))));
  }

  private static FunctionProfile profile(PythonFunction function, List<Integer> hot) {
    var file = function.file();
    var head = new LineCost(function.line(), 0, 0, file.line(function.line()));
    var statements =
        function.statements().stream()
            .map(
                s -> {
                  long reached = function.loopsAround(s).isEmpty() ? 1000 : 16_000;
                  // A test lets a quarter through.
                  long turns = s.ancestor("if_statement").isPresent() ? reached / 4 : reached;
                  double each = hot.contains(s.line()) ? 20e-6 : 0.2e-6;
                  return new LineCost(s.line(), turns, turns * each, file.line(s.line()));
                })
            .toList();
    var lines = Stream.concat(Stream.of(head), statements.stream()).toList();
    double total = lines.stream().mapToDouble(LineCost::seconds).sum();
    return new FunctionProfile(function.name(), "case.py", function.line(), total, lines);
  }

  public static TargetMap target(String name) {
    return TargetMaps.read(Golden.root().resolve("references")).of(name);
  }

  List<Hotspot> hotspots(TargetMap target) {
    return new Classifier(Marked.HEADS).hotspots(profile, Sources.of(file), target, 100);
  }

  /// The first hotspot on a marked line.
  public Hotspot first() {
    return first(target("generic"));
  }

  public Hotspot first(TargetMap target) {
    return hotspots(target).stream()
        .filter(h -> file.line(h.place().line()).endsWith("# hot"))
        .findFirst()
        .orElseThrow();
  }
}
