package hostperf.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventsTest {
  @Test
  void ordersRowsOfSeveralPartsByStart() {
    var random = new Random(1);
    var parts = List.of(new Events.Builder(), new Events.Builder(), new Events.Builder());
    for (int i = 0; i < 30_000; i++) {
      long start = random.nextInt(10_000);
      parts.get(i % 3).add(start, start + random.nextInt(50), i, i % 3);
    }

    Events events = Events.of(parts);

    assertThat(events.size()).isEqualTo(30_000);
    assertThat(IntStream.range(1, events.size()))
        .allMatch(i -> events.start(i - 1) <= events.start(i));
    assertThat(IntStream.range(0, events.size()).map(events::name).distinct().count())
        .isEqualTo(30_000);
  }

  @Test
  void countsCoveredTimeOfOverlappingIntervalsOnce() {
    var union = new Intervals.Union(0, 100);
    union.add(-5, 10);
    union.add(8, 20);
    union.add(30, 40);
    union.add(95, 200);

    Intervals covered = union.intervals();

    assertThat(covered.size()).isEqualTo(3);
    assertThat(covered.covered(0, 100)).isEqualTo(35);
    assertThat(covered.covered(15, 35)).isEqualTo(10);
    assertThat(covered.covered(50, 60)).isZero();
  }

  @Test
  void findsTheExactMedianGap() {
    var gaps = new GapStatistics();
    for (long gap : new long[] {5_000_000_000L, 70_000, 3, 70_001, 900}) {
      gaps.add(gap);
    }

    assertThat(gaps.medianUs()).contains(70.0);
    assertThat(gaps.buckets().getLast().totalUs()).isEqualTo(5e6);
  }
}
