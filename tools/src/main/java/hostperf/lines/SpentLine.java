package hostperf.lines;

import hostperf.fact.LineFact;
import hostperf.stacks.Frame;
import java.util.List;
import java.util.Optional;

/// A statement of the engine's own code in which the root spends time, with what each pass knows of
/// it; of a compound one its header.
///
/// @param place its first line, in a file relative to the checkout where it lies inside
/// @param own share of the root's time, 0 to 1, that of libraries it calls included
/// @param stay how much of it is one stretch that is most of what a line took
/// @param total with what it calls of the engine's own
/// @param hits how often it ran in the launch of the pass `lines`; absent where that did not look
/// @param source its text on one line, of a long one the beginning; empty where the file was not
///     found
public record SpentLine(
    Frame place,
    double own,
    double stay,
    double total,
    Optional<Long> hits,
    String source,
    List<LineFact> facts) {
  public SpentLine {
    facts = List.copyOf(facts);
  }

  /// What it took beside one long stretch, by which it can be compared with others.
  public double usual() {
    return own - stay;
  }
}
