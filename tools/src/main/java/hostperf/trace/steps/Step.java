package hostperf.trace.steps;

/// One pass of an engine's loop.
///
/// @param number as its range says it, else counted from 0
/// @param makeUp what it works on: steps of equal make-up can be compared
public record Step(long number, Phase phase, MakeUp makeUp, long start) {

  public enum Phase {
    CONTEXT,
    GENERATION,
    /// No request was scheduled.
    NO_WORK,
    /// The trace does not tell.
    UNKNOWN
  }
}
