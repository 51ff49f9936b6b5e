package hostperf.lines;

import java.util.List;

/// Something that the hit counts of a function say about its shape.
///
/// A hint is no judgement: it names what to look at and holds the counts it comes from.
public sealed interface Hint {
  /// A loop that turns once each time it is reached: its body is hit as often as the line before
  /// it, and its header that often or, where the interpreter counts the exit too, twice that.
  ///
  /// @param reached how often the loop was reached
  record LoopOverOne(LineCost header, long reached) implements Hint {}

  /// A loop within a loop.
  ///
  /// @param line the most costly line of the inner body
  /// @param perCall hits for each call of the function
  /// @param perOuterTurn hits for each turn of the loop around it
  record NestedLoop(LineCost line, double perCall, double perOuterTurn) implements Hint {}

  /// The same text on several lines, which together cost what none of them shows alone.
  ///
  /// @param seconds over all of them
  /// @param share of the function's time, 0 to 1
  record RepeatedLines(List<LineCost> lines, double seconds, double share) implements Hint {
    public RepeatedLines {
      lines = List.copyOf(lines);
    }
  }
}
