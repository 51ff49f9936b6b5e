package hostperf.propose.draft;

import java.util.List;
import java.util.Set;

/// What became of trying a shape at a line.
public sealed interface Attempt {

  /// The line has not this shape.
  Attempt NO_MATCH = new NoMatch();

  record NoMatch() implements Attempt {}

  /// An edit was drawn up.
  ///
  /// @param after the whole new text of the file
  /// @param seen keys of those `must_hold` facts of the pattern that were seen to hold; the others
  ///     could not be told
  /// @param what the edit does, one sentence
  record Draft(String after, Set<String> seen, String what) implements Attempt {
    public Draft {
      seen = Set.copyOf(seen);
    }
  }

  /// The line has the shape, and a fact that the edit needs was not seen.
  ///
  /// @param fact its key among the pattern's `must_hold`
  /// @param why what was seen instead, as a sentence
  record Refused(String fact, String why) implements Attempt {}

  static Attempt refused(String fact, String why) {
    return new Refused(fact, why);
  }

  static Attempt draft(Edits edits, List<String> seen, String what) {
    return new Draft(edits.applied(), Set.copyOf(seen), what);
  }
}
