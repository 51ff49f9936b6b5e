package hostperf.journal;

import hostperf.verdict.Verdict;
import java.util.Optional;

/// What has become of one patch so far.
///
/// @param rolledBack why, when it is out again
public record Round(
    Change change,
    Optional<TestSummary> tests,
    Optional<Ruling> ruling,
    Optional<String> rolledBack) {

  static Round of(Change change) {
    return new Round(change, Optional.empty(), Optional.empty(), Optional.empty());
  }

  Round with(TestSummary summary) {
    return new Round(change, Optional.of(summary), ruling, rolledBack);
  }

  Round with(Ruling verdict) {
    return new Round(change, tests, Optional.of(verdict), rolledBack);
  }

  Round without(String reason) {
    return new Round(change, tests, ruling, Optional.of(reason));
  }

  public int number() {
    return change.round();
  }

  /// Whether the samples left the patch open; taken out again, nothing was decided about it.
  public boolean isOpen() {
    return ruling
        .filter(r -> r.verdict().equals(Verdict.INCONCLUSIVE.word()))
        .filter(r -> r.decision() != Ruling.Decision.KEEP)
        .isPresent();
  }

  public boolean isKept() {
    return rolledBack.isEmpty()
        && ruling.map(j -> j.decision() == Ruling.Decision.KEEP).orElse(false);
  }
}
