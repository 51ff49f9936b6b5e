package hostperf.classify;

import hostperf.catalog.TargetMap;
import hostperf.classify.facts.CheckoutClasses;
import hostperf.classify.facts.Spot;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.source.Callees;
import hostperf.source.Devices;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The statements of a profiled function that have cost, each with its lines.
///
/// @param standsOut its time per hit is far above that of comparable lines
record Spots(Spot spot, boolean standsOut) {
  /// Above the median by this factor, or within it of the costliest line, a statement stands out.
  private static final double FAR = 4;

  static List<Spots> of(
      FunctionProfile profile,
      PythonFunction function,
      TargetMap target,
      CheckoutClasses classes,
      Callees callees) {
    var costs = byStatement(profile, function);
    double bar = bar(profile);
    var hot =
        costs.entrySet().stream()
            .filter(e -> most(e.getValue()) >= bar)
            .map(Map.Entry::getKey)
            .toList();
    var hits = new HashMap<Node, Long>();
    costs.forEach(
        (s, lines) -> hits.put(s, lines.stream().mapToLong(LineCost::hits).max().orElse(0)));
    var setting =
        new Spot.Setting(
            function,
            Devices.of(function),
            target,
            profile.countedCalls().orElse(0),
            hot,
            hits,
            reported(profile),
            classes,
            callees);
    var spots = new ArrayList<Spots>();
    costs.forEach(
        (statement, lines) ->
            spots.add(new Spots(new Spot(setting, statement, lines), most(lines) >= bar)));
    return spots;
  }

  /// Lines by the innermost statement whose own work they are; a line outside any (the `def`
  /// itself) is left out.
  private static Map<Node, List<LineCost>> byStatement(
      FunctionProfile profile, PythonFunction function) {
    var owners = new HashMap<Integer, Node>();
    for (var statement : function.statements()) {
      var own = Statements.header(statement);
      for (int line = own.first(); line <= own.last(); line++) {
        owners.put(line, statement);
      }
    }
    var costs = new LinkedHashMap<Node, List<LineCost>>();
    for (var line : profile.lines()) {
      var owner = owners.get(line.line());
      if (owner != null && (line.hits() > 0 || line.seconds() > 0)) {
        costs.computeIfAbsent(owner, _ -> new ArrayList<>()).add(line);
      }
    }
    return costs;
  }

  /// Hits of each line that the report lists, of those that never ran too; nothing where a function
  /// was only sampled.
  private static Map<Integer, Long> reported(FunctionProfile profile) {
    var hits = new HashMap<Integer, Long>();
    if (profile.lines().stream().allMatch(l -> l.hits() == 0)) {
      return hits;
    }
    profile.lines().forEach(l -> hits.merge(l.line(), l.hits(), Long::sum));
    return hits;
  }

  private static double most(List<LineCost> lines) {
    return lines.stream().mapToDouble(LineCost::microsPerHit).max().orElse(0);
  }

  private static double bar(FunctionProfile profile) {
    var perHit =
        profile.lines().stream()
            .filter(l -> l.hits() > 0)
            .mapToDouble(LineCost::microsPerHit)
            .sorted()
            .toArray();
    if (perHit.length == 0) {
      return 0;
    }
    return Math.min(FAR * perHit[perHit.length / 2], perHit[perHit.length - 1] / FAR);
  }
}
