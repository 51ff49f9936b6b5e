package hostperf.prove;

import java.util.List;
import java.util.Optional;

/// What came out of running pairs.
///
/// @param python implementation and version, such as `cpython 3.11.7`
/// @param torch its version, where this Python has it
/// @param gpu its name, where torch sees one
public record Proof(
    String python, Optional<String> torch, Optional<String> gpu, List<PairResult> results) {
  public Proof {
    results = List.copyOf(results);
  }

  /// Whether no pair differed or failed; skipped ones do not count against it.
  public boolean holds() {
    return results.stream()
        .noneMatch(f -> f.result() instanceof Different || f.result() instanceof Failed);
  }

  public record PairResult(String id, Result result) {}

  public sealed interface Result {
    /// What was found, or why nothing was: one line.
    String detail();
  }

  /// Results, exceptions and changed arguments are equal.
  ///
  /// @param gain where it was measured
  public record Equal(String detail, Optional<Speedup> gain) implements Result {}

  public record Different(String detail) implements Result {}

  /// The pair could not be run although what it needs is there.
  public record Failed(String detail) implements Result {}

  /// What the pair needs is not here; the detail says what.
  public record Skipped(String detail) implements Result {}
}
