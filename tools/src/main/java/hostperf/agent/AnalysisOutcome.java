package hostperf.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers of the tools that look at a profile and the catalogue.
public sealed interface AnalysisOutcome extends Outcome {

  /// @param functionsTotal how many were profiled; `functions` may have the longest only
  record Profiled(
      String profileId,
      String suffix,
      List<FunctionRow> functions,
      int functionsTotal,
      List<DrilldownRow> drillDown,
      Map<String, Double> metrics,
      String distortion,
      List<String> warnings,
      List<String> files,
      List<Next> next)
      implements AnalysisOutcome {
    @Override
    public Optional<Outcome> shorter() {
      if (functions.size() <= 3 && functions.stream().allMatch(f -> f.topLines().size() <= 2)) {
        return Optional.empty();
      }
      var keep = Math.max(3, functions.size() / 2);
      var few = Rows.first(functions, keep).stream().map(FunctionRow::shorter).toList();
      return Optional.of(
          new Profiled(
              profileId,
              suffix,
              few,
              functionsTotal,
              drillDown,
              metrics,
              distortion,
              warnings,
              files,
              next));
    }
  }

  /// @param linesTotal how many of its lines took time
  record FunctionRow(
      String name,
      String file,
      int line,
      double totalS,
      long calls,
      List<LineRow> topLines,
      int linesTotal) {
    FunctionRow shorter() {
      return new FunctionRow(name, file, line, totalS, calls, Rows.first(topLines, 2), linesTotal);
    }
  }

  record LineRow(int line, long hits, double perHitUs, double share, String source) {}

  /// @param target the name the profiler takes; empty when the callee could not be resolved
  record DrilldownRow(String function, int line, double share, String callee, String target) {}

  /// @param file where every hotspot lies
  record Classified(
      String profileId, List<HotspotRow> hotspots, int total, String file, List<Next> next)
      implements AnalysisOutcome {
    @Override
    public Optional<Outcome> shorter() {
      if (hotspots.size() <= 2) {
        return Optional.empty();
      }
      var few = Rows.first(hotspots, hotspots.size() * 2 / 3);
      return Optional.of(new Classified(profileId, few, total, file, next));
    }
  }

  record HotspotRow(
      String hotspotId,
      String function,
      String file,
      int line,
      String source,
      String type,
      List<String> also,
      boolean waits,
      String severity,
      String scope,
      long hits,
      double timeS,
      double perHitUs,
      double share,
      double confidence,
      List<String> evidence,
      List<String> references) {}

  record OptionsProposed(
      String hotspotId,
      List<OptionRow> options,
      String recommended,
      String reasoning,
      List<Next> next)
      implements AnalysisOutcome {
    @Override
    public Optional<Outcome> shorter() {
      if (options.stream().noneMatch(o -> o.patch().isPresent())) {
        return Optional.empty();
      }
      var plain = options.stream().map(OptionRow::withoutPatch).toList();
      return Optional.of(new OptionsProposed(hotspotId, plain, recommended, reasoning, next));
    }
  }

  record OptionRow(
      String optionId,
      String pattern,
      String title,
      String description,
      double estimatedSavingsS,
      double estimatedSavingsShare,
      String risk,
      String complexity,
      List<MustHoldRow> mustHold,
      String validation,
      Optional<String> draftedBy,
      Optional<String> patch) {
    OptionRow withoutPatch() {
      return new OptionRow(
          optionId,
          pattern,
          title,
          description,
          estimatedSavingsS,
          estimatedSavingsShare,
          risk,
          complexity,
          mustHold,
          validation,
          draftedBy,
          Optional.empty());
    }
  }

  /// @param seen `seen`, `not seen` or `unknown`
  record MustHoldRow(String fact, String seen) {}

  record Found(List<MatchRow> matches, List<Next> next) implements AnalysisOutcome {}

  record MatchRow(String uri, String title, String excerpt) {}
}
