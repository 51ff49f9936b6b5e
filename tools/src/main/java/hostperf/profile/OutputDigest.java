package hostperf.profile;

/// What became of the output whose content must stay the same.
public sealed interface OutputDigest {
  /// @param sha256 over names and contents of all files, sorted by name
  /// @param files how many
  record Digest(String sha256, int files) implements OutputDigest {}

  /// The workload names no output.
  record NotConfigured() implements OutputDigest {}

  /// The launch wrote none.
  ///
  /// @param reason names the file or pattern, and whether an old file lies there
  record NotWritten(String reason) implements OutputDigest {}
}
