package hostperf.propose;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.StrictJson;
import org.junit.jupiter.api.Test;

class ContextTest {
  /// As a run has it that an earlier version began.
  @Test
  void aPlaceThatDoesNotSayWhatItIsOfCanBeRead() {
    var read =
        StrictJson.builder()
            .build()
            .readValue(
                "{\"function\": \"f\", \"file\": \"engine.py\", \"line\": 3, \"share\": 0.25}",
                Context.Related.class);
    assertThat(read.isCall()).isEmpty();
    assertThat(read.share()).contains(0.25);
  }
}
