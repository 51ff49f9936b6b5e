package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PlanTest {
  /// A run holds on to the configuration that it began with.
  @Test
  void aBudgetThatIsTooSmallNamesWhatCanBeDoneInThisRun() {
    assertThatThrownBy(() -> new Plan(1, 8, 0).within(Duration.ofMinutes(10), 82))
        .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
        .extracting(Refusal::next)
        .isEqualTo(
            "Take the patch out with `rollback`. A higher `measure.budget` or a shorter workload in"
                + " hostperf.yaml holds from the next run on.");
  }
}
