package hostperf.run;

import java.util.Optional;

/// What has become of one patch so far.
///
/// @param rolledBack why, when it is out again
public record Round(
    Change change,
    Optional<TestSummary> tests,
    Optional<Judged> judged,
    Optional<String> rolledBack) {

  static Round of(Change change) {
    return new Round(change, Optional.empty(), Optional.empty(), Optional.empty());
  }

  Round with(TestSummary summary) {
    return new Round(change, Optional.of(summary), judged, rolledBack);
  }

  Round with(Judged verdict) {
    return new Round(change, tests, Optional.of(verdict), rolledBack);
  }

  Round without(String reason) {
    return new Round(change, tests, judged, Optional.of(reason));
  }

  public int number() {
    return change.round();
  }

  public boolean isKept() {
    return rolledBack.isEmpty()
        && judged.map(j -> j.decision() == Judged.Decision.KEEP).orElse(false);
  }
}
