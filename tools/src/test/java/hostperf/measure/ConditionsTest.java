package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private final AtomicInteger launches = new AtomicInteger();

  @Test
  void aQuietMachineIsNotWarnedOf() {
    assertThat(Conditions.warnings(SyntheticSamples.pairs(1, 1))).isEmpty();
  }

  @Test
  void warnsOfOtherLoad() {
    assertThat(Conditions.warnings(under("load_per_cpu", 0.3, 2.1)))
        .containsExactly("`load_per_cpu` was up to 2.1; hostperf cannot see whose load it was.");
  }

  @Test
  void warnsOfClocksThatWander() {
    assertThat(Conditions.warnings(under("gpu0.clocks.sm", 1980, 1755)))
        .containsExactly(
            "`gpu0.clocks.sm` ranged from 1755 to 1980; more than 5% apart is unsteady.");
  }

  @Test
  void warnsOfPairsWhoseHalvesLieFarApart() {
    var apart =
        SyntheticSamples.changed(
            SyntheticSamples.pairs(1, 1),
            run ->
                new Launched(
                    run.failure(),
                    run.metrics(),
                    run.surroundings(),
                    run.output(),
                    run.at().plusSeconds(launches.getAndIncrement() < 5 ? 0 : 7200),
                    run.seconds()));
    assertThat(Conditions.warnings(apart))
        .containsExactly("The launches of pair 3 lie 120 minutes apart.");
  }

  private List<Sample> under(String condition, double usually, double once) {
    return SyntheticSamples.changed(
        SyntheticSamples.pairs(1, 1),
        run -> {
          double value = launches.getAndIncrement() == 4 ? once : usually;
          var conditions = Map.of(condition, value);
          return new Launched(
              run.failure(),
              run.metrics(),
              new Surroundings(Map.of(), conditions, conditions),
              run.output(),
              run.at(),
              run.seconds());
        });
  }
}
