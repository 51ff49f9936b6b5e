package hostperf.classify;

import hostperf.classify.facts.Spot;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The time of a statement that the report accounts for elsewhere: in functions that it calls and
/// whose own lines are in the report. What is left is the statement's own.
final class ProfiledCallees {
  /// A callee's total can exceed the line's time a little, since both are measured.
  private static final double ROOM = 1.1;

  /// A function that ran exactly as often as a statement, and took nearly all its time, is what the
  /// statement calls, under another name (`self.renderer(…)`) or through a function in between.
  private static final double NEARLY_ALL = 0.8;

  private static final Pattern CALLED = Pattern.compile("(?<!\\bdef )\\b(\\w+)\\s*\\(");

  private static final Pattern LOGGER = Pattern.compile("(?i)(\\w+\\.)*_?log(ger|ging)?");

  private static final Set<String> CONTAINER =
      Set.of("append", "extend", "add", "insert", "popleft", "items", "keys", "values", "tolist");

  private final LineProfile profile;
  private final Map<String, List<FunctionProfile>> byName = new HashMap<>();

  /// Names that are called in the report's lines, with how often those lines ran.
  private final Map<String, Set<Long>> named = new HashMap<>();

  ProfiledCallees(LineProfile profile) {
    this.profile = profile;
    for (var function : profile.functions()) {
      if (function.seconds() > 0) {
        byName.computeIfAbsent(lastName(function), _ -> new ArrayList<>()).add(function);
      }
      for (var line : function.lines()) {
        for (var name : called(line)) {
          named.computeIfAbsent(name, _ -> new HashSet<>()).add(line.hits());
        }
      }
    }
  }

  private static List<String> called(LineCost line) {
    return line.hits() == 0
        ? List.of()
        : CALLED.matcher(line.source()).results().map(m -> m.group(1)).toList();
  }

  private static String lastName(FunctionProfile function) {
    return function.name().substring(function.name().lastIndexOf('.') + 1);
  }

  /// Seconds of the statement that are not those of profiled callees.
  double own(Spot spot) {
    double elsewhere =
        spot.calls().stream()
            .map(Call::name)
            .distinct()
            .mapToDouble(name -> seconds(name, spot))
            .sum();
    return Math.max(0, spot.seconds() - Math.max(elsewhere, underAnotherName(spot)));
  }

  private double underAnotherName(Spot spot) {
    if (spot.calls().stream().noneMatch(c -> mayLead(c, spot))) {
      return 0;
    }
    return profile.functions().stream()
        .filter(f -> f.seconds() >= spot.seconds() * NEARLY_ALL)
        .filter(f -> f.seconds() <= spot.seconds() * ROOM)
        .filter(f -> f.calls() == spot.hits())
        .filter(f -> !f.name().endsWith(spot.function().name()))
        // What another line calls by its name is that line's callee, and what calls this very
        // function is none of it: alike in time by chance, or because it holds it.
        .filter(f -> !named.getOrDefault(lastName(f), Set.of()).contains(f.calls()))
        .filter(f -> !calls(f, spot))
        .mapToDouble(FunctionProfile::seconds)
        .max()
        .orElse(0);
  }

  /// Whether a call can end in profiled code under another name: not one of a logger or container,
  /// nor one into a module of another package.
  private static boolean mayLead(Call call, Spot spot) {
    var receiver = call.receiver().map(Node::text);
    if (receiver.filter(r -> LOGGER.matcher(r).matches()).isPresent()
        || receiver.isPresent() && CONTAINER.contains(call.name())) {
      return false;
    }
    var file = spot.function().file();
    var head = call.callee().split("\\.", 2)[0];
    var module = file.imports().resolve(head);
    return !file.imports().names().containsKey(head)
        || module.split("\\.", 2)[0].equals(file.path().split("/", 2)[0]);
  }

  private static boolean calls(FunctionProfile function, Spot spot) {
    return function.lines().stream()
        .filter(l -> l.hits() == spot.hits())
        .anyMatch(l -> called(l).contains(spot.function().name()));
  }

  /// Of several functions of one name, the costliest that fits into the statement's time. One that
  /// ran less often than the statement is another of the same name (`append`, `update`).
  private double seconds(String name, Spot spot) {
    return byName.getOrDefault(name, List.of()).stream()
        .filter(f -> f.calls() >= spot.hits() && !isItself(f, spot))
        .mapToDouble(f -> f.seconds() * Math.min(1, (double) spot.hits() / Math.max(1, f.calls())))
        .filter(s -> s <= spot.seconds() * ROOM)
        .max()
        .orElse(0);
  }

  /// `def size(self): return self.pool.size()` calls another function of its own name.
  private static boolean isItself(FunctionProfile function, Spot spot) {
    return function.name().endsWith(spot.function().name())
        && spot.function().covers(function.line());
  }
}
