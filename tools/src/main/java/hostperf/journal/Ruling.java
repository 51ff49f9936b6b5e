package hostperf.journal;

import java.util.Optional;

/// How a patch was judged.
///
/// @param verdict `improved`, `regressed`, `unchanged` or `inconclusive`
/// @param gain relative gain of the primary metric, + = better
/// @param profileId of the patched code; absent where none was taken
/// @param file path of the whole validation, relative to the run's folder
public record Ruling(
    String verdict,
    Decision decision,
    double gain,
    String reason,
    Optional<String> profileId,
    String file) {
  /// What is to be done with the patch.
  public enum Decision {
    KEEP,
    ROLL_BACK,
    /// The samples leave it open: `validate` with `more` goes on.
    MEASURE_MORE,
    /// The measurement is suspicious: a person decides.
    HOLD
  }

  Ruling decided(Decision by) {
    return new Ruling(verdict, by, gain, reason, profileId, file);
  }
}
