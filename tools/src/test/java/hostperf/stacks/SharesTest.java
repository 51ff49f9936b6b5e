package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static Shares.FunctionShare function(Shares shares, String name) {
    return shares.functions().stream().filter(f -> f.function().equals(name)).findFirst().get();
  }

  @Test
  void sumsAFunctionOverAllItsCallers() {
    var shares =
        Shares.of(
            List.of(
                Tracks.stack("step;schedule:5;hash", 2),
                Tracks.stack("step;prepare:9;hash", 3),
                Tracks.stack("step;prepare:8", 5)));
    assertThat(function(shares, "hash").own()).isCloseTo(0.5, within(1e-9));
    assertThat(function(shares, "prepare").own()).isCloseTo(0.5, within(1e-9));
    assertThat(function(shares, "prepare").total()).isCloseTo(0.8, within(1e-9));
    assertThat(shares.calls())
        .extracting(c -> c.from().function() + ":" + c.from().line() + ">" + c.function())
        .contains("prepare:9>hash", "schedule:5>hash");
  }

  @Test
  void countsARecursionOnceAStack() {
    var shares = Shares.of(List.of(Tracks.stack("step;walk:3;walk:3;walk:4", 1)));
    assertThat(function(shares, "walk").total()).isEqualTo(1);
    assertThat(function(shares, "walk").own()).isEqualTo(1);
    assertThat(shares.lines())
        .filteredOn(line -> line.place().line() == 3)
        .singleElement()
        .satisfies(line -> assertThat(line.total()).isEqualTo(1));
  }

  @Test
  void tellsWhatALineTakesItselfFromWhatItCalls() {
    var shares = Shares.of(List.of(Tracks.stack("step:7;inner", 1), Tracks.stack("step:7", 3)));
    var line = shares.lines().stream().filter(l -> l.place().line() == 7).findFirst().orElseThrow();
    assertThat(line.own()).isEqualTo(0.75);
    assertThat(line.total()).isEqualTo(1);
  }
}
