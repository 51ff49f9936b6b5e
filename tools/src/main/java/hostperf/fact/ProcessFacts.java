package hostperf.fact;

/// What the pass `facts` saw in one process.
///
/// @param rank as its launcher numbered it; empty where it did not
public record ProcessFacts(long process, String rank, Facts facts) {}
