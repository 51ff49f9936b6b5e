package hostperf.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LongNumbersTest {
  @Test
  void holdsWhatAMapHolds() {
    var random = new Random(1);
    var numbers = new LongNumbers();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      // Ids in a row, each twice, and some from anywhere.
      long key = i % 10 == 0 ? random.nextLong() : i / 2;
      numbers.put(key, i);
      expected.put(key, i);
    }
    numbers.put(Long.MIN_VALUE, 7);
    expected.forEach((key, value) -> assertThat(numbers.get(key, -1)).isEqualTo(value));
    assertThat(numbers.get(Long.MIN_VALUE, -1)).isEqualTo(7);
    assertThat(numbers.has(-5)).isFalse();
    assertThat(numbers.get(-5, -1)).isEqualTo(-1);
  }
}
