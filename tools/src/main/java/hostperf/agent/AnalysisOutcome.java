package hostperf.agent;

import java.util.List;
import java.util.Optional;

/// Answers of the tools that look at a profile and the catalogue.
public sealed interface AnalysisOutcome extends Outcome {

  /// @param file where every hotspot lies
  record Classified(
      String profileId, List<HotspotRow> hotspots, int total, String file, List<Next> next)
      implements AnalysisOutcome {
    @Override
    public Optional<Outcome> shorter() {
      if (hotspots.size() <= 2) {
        return Optional.empty();
      }
      var few = Truncation.first(hotspots, hotspots.size() * 2 / 3);
      return Optional.of(new Classified(profileId, few, total, file, next));
    }
  }

  /// @param share of the time of `shareOf`, 0 to 1
  /// @param shareOf the root, by samples; absent where the profile has none: then of all profiled
  ///     time
  /// @param timeS the same in seconds, where samples tell them; without samples the line profiler's
  ///     own, which are distorted
  /// @param hits absent where the pass `lines` did not count them
  /// @param perHitUs the line profiler's own figure; given where there are no samples
  record HotspotRow(
      String hotspotId,
      String function,
      String file,
      int line,
      String source,
      Optional<String> type,
      List<String> also,
      boolean waits,
      boolean device,
      Optional<String> severity,
      String scope,
      Optional<Long> hits,
      Optional<Double> timeS,
      Optional<Double> perHitUs,
      double share,
      Optional<String> shareOf,
      Optional<DecisionRow> decidedBy,
      List<CandidateRow> candidates,
      Optional<String> question,
      List<FactRow> facts,
      List<String> references) {}

  /// What settled the type.
  ///
  /// @param by `facts` or `agent`
  record DecisionRow(String by, List<String> because) {}

  /// A type that facts permit. The lists name facts by their word.
  ///
  /// @param open what reading the code answers
  record CandidateRow(String type, List<String> for_, List<String> against, List<String> open) {}

  /// One thing known of the line.
  ///
  /// @param source `measured`, `seen` or `named`
  record FactRow(String fact, String source, String text) {}

  /// @param shareOf as at the hotspot
  record OptionsProposed(
      String hotspotId,
      Optional<String> shareOf,
      List<OptionRow> options,
      String recommended,
      String reasoning,
      Optional<ContextRow> context,
      List<Next> next)
      implements AnalysisOutcome {
    @Override
    public Optional<Outcome> shorter() {
      if (options.stream().noneMatch(o -> o.patch().isPresent())) {
        return Optional.empty();
      }
      var plain = options.stream().map(OptionRow::withoutPatch).toList();
      return Optional.of(
          new OptionsProposed(hotspotId, shareOf, plain, recommended, reasoning, context, next));
    }
  }

  /// What a writer of the edit needs; absent where the recommended option has a draft. Of long
  /// lists the first are shown; the totals say of how many.
  ///
  /// @param same functions that call what the hotspot calls
  /// @param reads attributes that the hotspot's function reads
  /// @param writes attributes that it sets or changes
  /// @param tests that use its file
  record ContextRow(
      List<RelatedRow> callers,
      List<RelatedRow> callees,
      List<RelatedRow> same,
      List<String> reads,
      List<String> writes,
      List<String> tests,
      int callersTotal,
      int calleesTotal,
      int sameTotal,
      int testsTotal) {}

  /// @param line of the call; of the definition for a callee that the checkout defines
  /// @param isCall whether the line is of the call
  /// @param share of the root's time, by samples; absent without them
  record RelatedRow(
      String function, String file, int line, boolean isCall, Optional<Double> share) {}

  /// @param estimatedSavingsS absent where the hotspot's seconds are not known
  /// @param risk absent where nobody can know it: the edit is not written yet
  /// @param complexity likewise
  record OptionRow(
      String optionId,
      String pattern,
      String title,
      String description,
      Optional<Double> estimatedSavingsS,
      double estimatedSavingsShare,
      Optional<String> risk,
      Optional<String> complexity,
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
