package hostperf.server;

import hostperf.catalog.References;
import hostperf.journal.Runs;
import java.util.List;

/// What may stand for an argument that somebody is typing: paths of pages, ids of runs. Nothing is
/// known of other arguments, which take free words.
public final class Completions {
  private static final int MOST = 100;
  private static final String RUN_ID = "run_id";

  private final References references;
  private final Runs runs;

  public Completions(References references, Runs runs) {
    this.references = references;
    this.runs = runs;
  }

  /// @param values at most a hundred
  record Fitting(List<String> values, int total) {
    boolean isCut() {
      return values.size() < total;
    }
  }

  /// Of an argument of a prompt.
  Fitting ofPrompt(String argument, String begun) {
    return fitting(argument.equals(RUN_ID) ? runIds() : List.of(), begun);
  }

  /// Of a variable of a resource template.
  Fitting ofResource(String template, String begun) {
    return fitting(
        template.equals(McpResources.PAGE) ? references.complete(begun) : runIds(), begun);
  }

  /// The latest first.
  private List<String> runIds() {
    return runs.all().reversed().stream().map(r -> r.id().value()).toList();
  }

  private static Fitting fitting(List<String> known, String begun) {
    var fitting = known.stream().filter(v -> v.startsWith(begun)).toList();
    return new Fitting(fitting.subList(0, Math.min(MOST, fitting.size())), fitting.size());
  }
}
