package hostperf.trace.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.trace.read.Events;
import hostperf.trace.read.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsTest {
  private record Row(long start, long end, int name, int place) {}

  /// Several blocks a part, so that rows move from block to block.
  @ParameterizedTest(name = "{0} parts, starts up to {1}")
  @CsvSource({"1, 10_000", "3, 10_000", "3, 2_000_000_000", "2, 1"})
  void ordersTheRowsOfSeveralPartsAndLosesNone(int count, int latest) {
    var random = new Random(1);
    var parts = new ArrayList<Rows>();
    var rows = new ArrayList<Row>();
    for (int part = 0; part < count; part++) {
      parts.add(new Rows());
      for (int i = 0; i < 40_000 + part; i++) {
        long start = random.nextInt(latest);
        rows.add(new Row(start, start + random.nextInt(50), -i, part));
        parts.getLast().add(start, rows.getLast().end(), -i, part);
      }
    }
    rows.sort(
        Comparator.comparingLong(Row::start).thenComparing(Row::end, Comparator.reverseOrder()));

    assertThat(rowsOf(Events.of(parts))).isEqualTo(rows);
  }

  @Test
  void fewLateRowsFindTheirPlace() {
    var late = new Rows();
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 100_000; i++) {
      long start = i % 1000 == 999 ? i - 1500 : i;
      rows.add(new Row(start, start + 1, i, 7));
      late.add(start, start + 1, i, 7);
    }
    rows.sort(Comparator.comparingLong(Row::start));

    assertThat(late.isOrdered()).isFalse();
    assertThat(rowsOf(Events.of(List.of(late)))).isEqualTo(rows);
  }

  private record Linked(long start, long end, int name, int place, int link) {}

  private static final long[] LENGTHS = {
    0, 17, 61_439, 61_440, 65_535, 65_536, 2_147_483_647L, 3_000_000_000L
  };

  /// Two parts in turn, so that all rows of both are moved.
  private static List<Rows> interlocked(List<Linked> rows) {
    var random = new Random(2);
    var parts = List.of(new Rows(), new Rows());
    for (int i = 0; i < 60_000; i++) {
      int part = i / 30_000;
      long start = (i % 30_000) * 2_000L + part;
      long end = start + LENGTHS[random.nextInt(LENGTHS.length)];
      int link = i % 5 == 0 ? 0 : i % 1000 == 7 ? Integer.MAX_VALUE - i : i;
      rows.add(new Linked(start, end, i % 100_000 + 30_000, part, link));
      parts.get(part).add(start, end, i % 100_000 + 30_000, part, link);
    }
    rows.sort(Comparator.comparingLong(Linked::start));
    return parts;
  }

  @Test
  void keepsLengthsAndLinksOfEverySize() {
    var rows = new ArrayList<Linked>();
    var events = Events.of(interlocked(rows));
    var found = new ArrayList<Linked>();
    events.forEachLinked(
        (s, e, name, place, link) -> found.add(new Linked(s, e, name, place, link)));

    assertThat(found).isEqualTo(rows);
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({"0, 1", "30_000_000, 30_004_001", "59_999_999, 70_000_000", "-5, 0"})
  void findsTheRowsOfAStretch(long from, long to) {
    var rows = new ArrayList<Linked>();
    var events = Events.of(interlocked(rows));
    var found = new ArrayList<Row>();
    events.forEachIn(from, to, (s, e, name, place) -> found.add(new Row(s, e, name, place)));

    assertThat(found)
        .isEqualTo(
            rows.stream()
                .filter(row -> row.start() < to && row.end() > from)
                .map(row -> new Row(row.start(), row.end(), row.name(), row.place()))
                .toList());
  }

  private static List<Row> rowsOf(Events events) {
    var rows = new ArrayList<Row>();
    events.forEach((start, end, name, place) -> rows.add(new Row(start, end, name, place)));
    for (int i = 0; i < events.size(); i += 997) {
      assertThat(new Row(events.start(i), events.end(i), events.name(i), events.place(i)))
          .isEqualTo(rows.get(i));
    }
    assertThat(rows).hasSize(events.size());
    return rows;
  }

  @Test
  void countsActiveTimeOfOverlappingIntervalsOnce() {
    var active = new ActiveTime(new long[] {100, 0, 15, 35, 50, 60, 98, 15});
    var idle = new LongestIdle(0, 100);
    var union =
        new Union(
            0,
            100,
            (start, end) -> {
              active.take(start, end);
              idle.take(start, end);
            });
    union.add(-50, -20);
    union.add(-5, 10);
    union.add(8, 20);
    union.add(9, 9);
    union.add(30, 40);
    union.add(95, 200);
    union.add(150, 160);
    union.finish();
    active.finish();
    idle.finish();

    assertThat(active.within(0, 100)).isEqualTo(35);
    assertThat(active.within(15, 35)).isEqualTo(10);
    assertThat(active.within(50, 60)).isZero();
    assertThat(active.within(60, 98)).isEqualTo(3);
    assertThat(idle.list())
        .containsExactly(new LongestIdle.Stretch(40, 95), new LongestIdle.Stretch(20, 30));
    assertThatThrownBy(() -> active.within(0, 51)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTheExactMedianGap() {
    var gaps = new GapStatistics();
    for (long gap : new long[] {5_000_000_000L, 70_000, 3, 70_001, 900}) {
      gaps.add(gap);
    }

    assertThat(gaps.medianUs()).contains(70.0);
    assertThat(gaps.buckets().getLast().totalUs()).isEqualTo(5e6);
    gaps.add(4);
    assertThat(gaps.medianUs()).contains(0.9);
  }
}
