package hostperf.patch;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.patch.LineMap.Span;
import hostperf.patch.LineMap.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineMapTest {
  private final LineMap map =
      LineMap.of(new FileChange("f", "a\nb\nc\nd\ne\n", "a\nx\ny\nc\ne\nz\n"));

  @Test
  void followsLinesThatStay() {
    assertThat(List.of(1, 3, 5).stream().map(l -> map.after(l).orElse(0))).containsExactly(1, 4, 5);
  }

  @Test
  void hasNoPlaceForLinesThatAreGoneNewOrOutside() {
    assertThat(List.of(0, 2, 4, 6).stream().filter(l -> map.after(l).isPresent())).isEmpty();
  }

  @Test
  void saysWhichLinesBecameWhich() {
    assertThat(map.stretches())
        .containsExactly(
            new Stretch(new Span(2, 2), new Span(2, 3)),
            new Stretch(new Span(4, 4), new Span(5, 4)),
            new Stretch(new Span(6, 5), new Span(6, 6)));
    assertThat(map.changedLines()).isEqualTo(5);
    assertThat(map.added()).containsExactly(2, 3, 6);
    assertThat(map.removed()).containsExactly(2, 4);
  }
}
