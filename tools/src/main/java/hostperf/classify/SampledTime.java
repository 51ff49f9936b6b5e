package hostperf.classify;

import hostperf.classify.facts.Spot;
import hostperf.fact.Facts;
import hostperf.fact.FactsByLine;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.profile.Observed;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.LongStay;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.LineShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What samples and facts say of the statements of a function, by the lines that are theirs.
///
/// What an object does to be shown as text is charged to the lines that want the text: no call is
/// written there, and the remedy is there.
final class SampledTime {
  private static final Set<String> FOR_TEXT = Set.of("__repr__", "__str__", "__format__");

  private final Optional<Ranking> ranking;
  private final FactsByLine facts;
  private final Sources sources;
  private final Map<String, TreeMap<Integer, Double>> own = new HashMap<>();

  SampledTime(Observed observed, Sources sources) {
    this.ranking = observed.ranking();
    this.facts = new FactsByLine(observed.facts());
    this.sources = sources;
    for (LineShare line : ranking.map(r -> r.own().lines()).orElse(List.of())) {
      own.computeIfAbsent(sources.path(line.place().file()), _ -> new TreeMap<>())
          .merge(line.place().line(), line.own(), Double::sum);
    }
    for (CallShare call : ranking.map(r -> r.own().calls()).orElse(List.of())) {
      if (isForText(call.function())) {
        own.computeIfAbsent(sources.path(call.from().file()), _ -> new TreeMap<>())
            .merge(call.from().line(), call.total(), Double::sum);
      }
    }
  }

  /// Whether a function's time is charged to the lines that want its text.
  boolean isCharged(String function) {
    return ranking.filter(Ranking::hasEnough).isPresent() && isForText(function);
  }

  private static boolean isForText(String function) {
    return FOR_TEXT.contains(function.substring(function.lastIndexOf('.') + 1));
  }

  /// Functions of the checkout that have samples and no hits, each with its sampled lines.
  List<FunctionProfile> uncounted(LineProfile counted) {
    var known = new HashMap<String, List<Integer>>();
    for (var function : counted.functions()) {
      known
          .computeIfAbsent(sources.path(function.file()), _ -> new ArrayList<>())
          .add(function.line());
    }
    var found = new ArrayList<FunctionProfile>();
    if (ranking.filter(Ranking::hasEnough).isPresent()) {
      own.forEach(
          (path, lines) ->
              sources
                  .file(path)
                  .ifPresent(
                      file -> found.addAll(in(file, lines, known.getOrDefault(path, List.of())))));
    }
    return found;
  }

  private List<FunctionProfile> in(
      PythonFile file, NavigableMap<Integer, Double> lines, List<Integer> counted) {
    double seconds = ranking.map(Ranking::seconds).filter(s -> s > 0).orElse(1.0);
    var costs = new LinkedHashMap<PythonFunction, List<LineCost>>();
    lines.forEach(
        (line, share) ->
            file.functions().stream()
                .filter(f -> share > 0 && f.covers(line))
                .findFirst()
                .ifPresent(
                    f ->
                        costs
                            .computeIfAbsent(f, _ -> new ArrayList<>())
                            .add(new LineCost(line, 0, share * seconds, file.line(line)))));
    return costs.entrySet().stream()
        .filter(e -> counted.stream().noneMatch(e.getKey()::covers))
        .map(
            e ->
                new FunctionProfile(
                    e.getKey().qualifiedName(),
                    file.path(),
                    e.getKey().line(),
                    e.getValue().stream().mapToDouble(LineCost::seconds).sum(),
                    e.getValue()))
        .toList();
  }

  /// The root, where samples have any of the time of these files.
  Optional<Hotspot.Whole> whole(List<String> files) {
    return ranking
        .filter(Ranking::hasEnough)
        .filter(_ -> files.stream().anyMatch(file -> own.containsKey(sources.path(file))))
        .map(r -> new Hotspot.Whole(r.root().function(), r.seconds()));
  }

  /// Share of the root's time in these lines, without the engine's own functions that they call.
  double share(String file, int first, int last) {
    return own
        .getOrDefault(sources.path(file), new TreeMap<>())
        .subMap(first, true, last, true)
        .values()
        .stream()
        .mapToDouble(share -> share)
        .sum();
  }

  /// How much of the share of these lines is stretches that happened once.
  double stay(String file, int first, int last) {
    return ranking.stream()
        .flatMap(r -> r.stays(sources, file, first, last).stream())
        .mapToDouble(LongStay::share)
        .sum();
  }

  /// How much of its own time the statement's function held the interpreter lock.
  Optional<Double> holding(Spot spot) {
    var function = spot.function().qualifiedName();
    return own.keySet().contains(spot.function().file().path())
        ? ranking.stream()
            .flatMap(r -> r.own().lines().stream())
            .map(LineShare::place)
            .filter(p -> sources.isFileOf(p.file(), spot.function()))
            .filter(p -> p.function().equals(function) || p.function().endsWith("." + function))
            .findFirst()
            .map(p -> Ranking.key(p.function(), p.file()))
            .map(ranking.get().holding()::get)
        : Optional.empty();
  }

  Facts facts(String file, int first, int last) {
    return facts.within(file, first, last);
  }
}
