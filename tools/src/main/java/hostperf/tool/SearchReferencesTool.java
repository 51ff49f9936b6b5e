package hostperf.tool;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.Tool;
import hostperf.catalog.Library;
import hostperf.classify.facts.HotspotType;
import java.util.List;
import java.util.Optional;

/// `search_references`: sections of the catalogue that fit a question.
final class SearchReferencesTool implements Tool<SearchReferencesTool.Input> {
  private static final int MOST = 6;

  record Input(
      @Param("Words to look for.") String query,
      @Param("Only sections about this hotspot type.") Optional<HotspotType> type) {}

  private final Library library;

  SearchReferencesTool(Library library) {
    this.library = library;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "search_references",
        "Search references",
        "Finds sections of the pattern catalogue and the TensorRT-LLM notes; read a whole page as"
            + " the resource its uri names.",
        Effect.READS,
        Input.class,
        AnalysisOutcome.Found.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var matches = library.references().search(input.query(), input.type().map(HotspotType::name));
    if (matches.isEmpty()) {
      return new Outcome.Inconclusive(
          "No section speaks of '%s'.".formatted(input.query()),
          List.of("other words: a hotspot type, a call such as `.item()`, a TensorRT-LLM name"),
          List.of());
    }
    return new AnalysisOutcome.Found(
        matches.stream()
            .limit(MOST)
            .map(
                m ->
                    new AnalysisOutcome.MatchRow(
                        "hostperf://references/" + m.path(),
                        m.title() + " – " + m.heading(),
                        m.excerpt()))
            .toList(),
        List.of());
  }
}
