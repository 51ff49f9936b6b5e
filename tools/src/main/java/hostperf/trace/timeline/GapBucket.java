package hostperf.trace.timeline;

/// Gaps of one size between consecutive pieces of GPU work on a stream.
///
/// @param range the size, such as `5-10 us`; the lower end belongs to the bucket
/// @param usualCause what gaps of this size usually mean
public record GapBucket(String range, long count, double totalUs, String usualCause) {}
