package hostperf.classify.facts;

import hostperf.fact.Facts;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that is known of a statement: by what the facts pass saw, by the hits of its function's
/// lines, and by its source.
///
/// @param questions that its measured facts raise
/// @param later those that count where neither they nor the types ask anything
public record Knowledge(List<Fact> facts, List<String> questions, List<String> later) {
  /// Worth nothing in a loop that turns once.
  private static final Set<Known> OF_TURNS = EnumSet.of(Known.SAME_IN_LOOP, Known.ELEMENTWISE);

  /// @param measured what a pass saw the statement's lines do
  /// @param share of the steps' time that the statement takes
  /// @param holding how much of its own time the function held the interpreter lock, where that was
  ///     sampled
  /// @param counted what else the passes counted
  public static Knowledge of(
      Spot spot, Facts measured, double share, Optional<Double> holding, CountedFacts counted) {
    var facts = new FactList();
    ProfileFacts.add(measured, share, facts);
    counted.add(spot, facts);
    ProfileFacts.add(spot, holding, facts);
    TensorFacts.add(spot, facts);
    CallFacts.add(spot, facts);
    Membership.add(spot, facts);
    LoopFacts.add(spot, facts);
    SameFacts.add(spot, facts);
    UseFacts.add(spot, facts);
    ContextFacts.add(spot, facts);
    if (CountedFacts.turnsOnce(spot)) {
      facts.drop(OF_TURNS);
    }
    if (counted.looked()) {
      facts.dropNames();
    }
    return new Knowledge(facts.all(), facts.questions(), facts.later());
  }
}
