package hostperf.server.autopilot;

import java.util.List;

/// Picks among the drafted options of a hotspot that have not been tried.
interface Chooser {
  /// @param untried at least one, the server's order
  /// @param failures of this run so far, oldest first
  Choice choose(Target target, List<Suggestion> untried, List<String> failures, int round);

  /// The recommended one, else the first: the server puts the safest first.
  Chooser BY_RANK =
      (_, untried, _, _) ->
          new Choice.Take(
              untried.stream()
                  .filter(Suggestion::recommended)
                  .findFirst()
                  .orElse(untried.getFirst()),
              "the best that is drafted");
}
