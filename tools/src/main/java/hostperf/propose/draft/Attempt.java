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
  /// @param saved of a hit
  /// @param what the edit does, one sentence
  record Draft(String after, Set<String> seen, Saved saved, String what) implements Attempt {
    public Draft {
      seen = Set.copyOf(seen);
    }

    /// The same edit, where what it takes out of a hit is known to cost no more than this.
    Draft atMost(double seconds) {
      return new Draft(after, seen, new Saved(seconds), what);
    }
  }

  /// What an edit can take out of one hit.
  ///
  /// @param seconds at most; infinite where only the line's own time bounds it
  record Saved(double seconds) {
    static final Saved ALL = new Saved(Double.POSITIVE_INFINITY);
  }

  /// The line has the shape, and a fact that the edit needs does not hold or was not seen.
  ///
  /// @param fact its key among the pattern's `must_hold`
  /// @param contradicted whether the opposite was seen
  /// @param why what was seen instead, as a sentence
  record Refused(String fact, boolean contradicted, String why) implements Attempt {}

  /// The fact may hold; the source does not tell.
  static Attempt unknown(String fact, String why) {
    return new Refused(fact, false, why);
  }

  /// The opposite of the fact was seen.
  static Attempt contradicted(String fact, String why) {
    return new Refused(fact, true, why);
  }

  static Draft draft(Edits edits, List<String> seen, String what) {
    return new Draft(edits.applied(), Set.copyOf(seen), Saved.ALL, what);
  }
}
