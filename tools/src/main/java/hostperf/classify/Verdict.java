package hostperf.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What all findings about a statement come to.
///
/// @param best the finding that names the type
/// @param others the best finding of each other type, most confident first
record Verdict(Finding best, List<Finding> others, double certainty) {
  /// A type that nearly as much speaks for as for the best is one that a reader would accept.
  private static final double ACCEPTABLE = 0.35;

  private static final int MOST_ALSO = 3;

  Verdict {
    others = List.copyOf(others);
  }

  static Verdict of(Spot spot, List<Rule> rules, double certainty) {
    Map<HotspotType, Finding> byType = new EnumMap<>(HotspotType.class);
    for (var rule : rules) {
      for (var finding : rule.findings(spot)) {
        byType.merge(finding.type(), finding, (a, b) -> b.confidence() > a.confidence() ? b : a);
      }
    }
    var sorted = new ArrayList<>(byType.values());
    sorted.sort(Comparator.comparingDouble(f -> -f.confidence()));
    return new Verdict(sorted.getFirst(), sorted.subList(1, sorted.size()), certainty);
  }

  Hotspot.Judgement judgement(Spot spot) {
    var also = others.stream().filter(f -> f.confidence() >= ACCEPTABLE).limit(MOST_ALSO).toList();
    var evidence = new ArrayList<>(List.of(best.evidence()));
    also.stream()
        .filter(f -> f.confidence() >= 0.5)
        .map(Finding::evidence)
        .filter(e -> !evidence.contains(e))
        .forEach(evidence::add);
    return new Hotspot.Judgement(
        best.type(),
        also.stream().map(Finding::type).toList(),
        best.waits(),
        Scopes.of(spot),
        best.confidence() * certainty,
        new Hotspot.Because(evidence, best.type().pages()));
  }
}
