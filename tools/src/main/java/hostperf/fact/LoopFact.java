package hostperf.fact;

/// Over what one loop ran.
///
/// Items are compared with those of the loop's last run that was looked at, numbers and texts by
/// value, objects by identity; runs over more than a few hundred items are not compared.
///
/// @param place the loop's first line
/// @param runs that were looked at: the first of each step that was looked at closely
/// @param compared how many of them could be compared
/// @param unchanged how many of those had the same items
public record LoopFact(LineFact.Place place, long runs, long compared, long unchanged) {}
