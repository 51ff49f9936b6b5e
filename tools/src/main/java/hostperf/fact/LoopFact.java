package hostperf.fact;

/// Over what one loop ran.
///
/// Items are compared with those of the loop's run before, numbers and texts by value, objects by
/// identity; runs over more than a few hundred items are not compared.
///
/// @param place the loop's first line
/// @param runs while steps ran
/// @param compared how many of them could be compared
/// @param unchanged how many of those had the items of the run before
public record LoopFact(LineFact.Place place, long runs, long compared, long unchanged) {}
