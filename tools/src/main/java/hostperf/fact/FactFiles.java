package hostperf.fact;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Adds up the files that the collectors of each process leave (`<prefix>.<pid>.facts.json`).
public final class FactFiles {
  private static final String CALL = "call";

  private final Map<LineKey, double[]> lines = new LinkedHashMap<>();
  private final Map<LineFact.Place, Map<String, Long>> calls = new LinkedHashMap<>();
  private final Map<String, String> reasons = new TreeMap<>();
  private final Map<String, Integer> working = new HashMap<>();
  private Counted counted = Counted.NOTHING;

  private record LineKey(LineFact.Kind kind, LineFact.Place place, String detail) {}

  private FactFiles() {}

  /// @param facts of all processes together
  /// @param each process that ran a step, by itself
  /// @param notes what each process said of itself: its file without the facts
  public record Read(Facts facts, List<ProcessFacts> each, List<JsonNode> notes) {
    public Read {
      each = List.copyOf(each);
      notes = List.copyOf(notes);
    }
  }

  private record One(FactFiles sums, ObjectNode note) {
    ProcessFacts process() {
      return new ProcessFacts(
          note.path("pid").asLong(), note.path("rank").asString(""), sums.facts());
    }
  }

  /// Each file is parsed once: of many ranks they are large.
  public static Read read(List<Path> files) {
    var all = files.parallelStream().map(FactFiles::one).toList();
    var sum = new FactFiles();
    all.forEach(one -> sum.add(one.sums()));
    return new Read(
        sum.facts(),
        all.stream().filter(one -> one.sums().counted.hasSteps()).map(One::process).toList(),
        all.stream().<JsonNode>map(One::note).toList());
  }

  private static One one(Path file) {
    var json = (ObjectNode) JsonMapper.shared().readTree(file.toFile());
    var sums = new FactFiles();
    sums.add(json);
    json.remove("facts");
    return new One(sums, json);
  }

  private void add(FactFiles other) {
    counted = counted.and(other.counted);
    other.lines.forEach((key, sums) -> lines.merge(key, sums.clone(), FactFiles::sum));
    other.calls.forEach(
        (place, counts) -> {
          var known = calls.computeIfAbsent(place, _ -> new HashMap<>());
          counts.forEach((name, count) -> known.merge(name, count, Long::sum));
        });
    reasons.putAll(other.reasons);
    other.working.forEach((collector, times) -> working.merge(collector, times, Integer::sum));
  }

  private static double[] sum(double[] one, double[] other) {
    for (int i = 0; i < one.length; i++) {
      one[i] += other[i];
    }
    return one;
  }

  private void add(JsonNode json) {
    addSteps(json);
    json.path("collectors")
        .properties()
        .forEach(
            entry -> {
              var reason = entry.getValue().asString("");
              if (reason.isEmpty()) {
                working.merge(entry.getKey(), 1, Integer::sum);
              } else {
                reasons.put(entry.getKey(), reason);
              }
            });
    json.path("facts").forEach(this::addFact);
  }

  private void addSteps(JsonNode json) {
    counted =
        counted.and(
            new Counted(
                steps(json.path("alone")),
                steps(json.path("watched")),
                steps(json.path("closely")),
                kinds(json.path("kinds_closely")),
                kinds(json.path("kinds_alone"))));
  }

  private static Counted.Steps steps(JsonNode json) {
    return new Counted.Steps(
        json.path("steps").asLong(), json.path("microseconds").asDouble() / 1e6);
  }

  private static Set<LineFact.Kind> kinds(JsonNode names) {
    return names
        .valueStream()
        .flatMap(n -> kind(n.asString()).stream())
        .collect(Collectors.toSet());
  }

  private void addFact(JsonNode json) {
    var place =
        new LineFact.Place(
            json.path("file").asString(),
            json.path("line").asInt(),
            json.path("function").asString());
    var name = json.path("kind").asString();
    var kind = kind(name);
    if (kind.isEmpty()) {
      calls.computeIfAbsent(place, _ -> new HashMap<>()).merge(name, count(json), Long::sum);
      return;
    }
    var sums =
        lines.computeIfAbsent(
            new LineKey(kind.get(), place, json.path("detail").asString()), _ -> new double[3]);
    sums[0] += count(json);
    sums[1] += json.path("microseconds").asDouble() / 1e6;
    sums[2] += json.path("bytes").asDouble();
  }

  private static long count(JsonNode json) {
    return json.path("count").asLong();
  }

  private static Optional<LineFact.Kind> kind(String name) {
    var constant = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(LineFact.Kind.values()).filter(k -> k.name().equals(constant)).findFirst();
  }

  private Facts facts() {
    List<LineFact> all = new ArrayList<>();
    lines.forEach(
        (key, sums) ->
            all.add(
                new LineFact(
                    key.kind(),
                    key.place(),
                    key.detail(),
                    (long) sums[0],
                    sums[1],
                    (long) sums[2])));
    all.sort(
        Comparator.comparing(LineFact::kind)
            .thenComparing(Comparator.comparingLong(LineFact::count).reversed())
            .thenComparing(fact -> fact.place().toString()));
    List<CallFact> watched = new ArrayList<>();
    calls.forEach(
        (place, counts) -> {
          if (counts.containsKey(CALL)) {
            watched.add(call(place, counts));
          }
        });
    watched.sort(Comparator.comparingLong(CallFact::calls).reversed());
    // What works in one process of the launch has been looked for.
    reasons.keySet().removeAll(working.keySet());
    return new Facts(counted, all, watched, loops(), reasons);
  }

  private List<LoopFact> loops() {
    return calls.entrySet().stream()
        .filter(entry -> entry.getValue().containsKey("loop"))
        .map(entry -> loop(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(LoopFact::unchanged).reversed())
        .toList();
  }

  private static LoopFact loop(LineFact.Place place, Map<String, Long> counts) {
    return new LoopFact(
        place,
        counts.getOrDefault("loop", 0L),
        counts.getOrDefault("loop_compared", 0L),
        counts.getOrDefault("loop_unchanged", 0L));
  }

  private static CallFact call(LineFact.Place place, Map<String, Long> counts) {
    long compared = counts.getOrDefault("call_compared", 0L);
    return new CallFact(
        place,
        counts.getOrDefault(CALL, 0L),
        compared,
        counts.getOrDefault("repeat_in_step", 0L),
        counts.getOrDefault("repeat_in_run", 0L),
        counts.getOrDefault("result_unused", 0L),
        compared > 1 && !counts.containsKey("result_varies"));
  }
}
