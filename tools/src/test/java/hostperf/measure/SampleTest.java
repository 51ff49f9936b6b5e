package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.verdict.Side;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SampleTest {
  @Test
  void comesBackFromItsJsonAsItWas() {
    var json = new JsonMapper();
    Sample sample = SyntheticSamples.pairs(1, 1).getFirst();
    assertThat(json.readValue(json.writeValueAsString(sample), Sample.class)).isEqualTo(sample);
  }

  @Test
  void labelsAreUniqueAndFitForFileNames() {
    assertThat(new Slot(0, 1, Side.BASE).label()).isEqualTo("warmup1-base");
    assertThat(new Slot(3, 1, Side.CANDIDATE).label()).isEqualTo("pair03-candidate");
    assertThat(new Slot(3, 3, Side.BASE).label()).isEqualTo("pair03-base-again2");
  }
}
