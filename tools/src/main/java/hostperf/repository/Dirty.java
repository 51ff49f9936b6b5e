package hostperf.repository;

/// A file that is not as HEAD has it.
///
/// @param reason the end of "<path> …"
public record Dirty(String path, String reason) {}
