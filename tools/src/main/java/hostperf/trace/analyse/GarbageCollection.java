package hostperf.trace.analyse;

/// Python's garbage collection, from the ranges named `Python GC`
/// (`TLLM_PROFILE_RECORD_GC=1`).
///
/// @param collections how many lie in the window; 0 also when they were not recorded
public record GarbageCollection(
    long collections, double totalUs, double exposedUs, double longestUs) {}
