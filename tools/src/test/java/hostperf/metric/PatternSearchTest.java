package hostperf.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PatternSearchTest {
  /// The reference back keeps the JDK from remembering what did not match.
  private static final Pattern EXPONENTIAL = Pattern.compile("y=(\\d+)|((x+)+)+\\3z");

  @Test
  void findsTheLastMatch() {
    var search = new PatternSearch(Pattern.compile("t=(\\d+)|(x)"));
    assertThat(search.last("t=1 t=23 x")).contains(new PatternSearch.Hit(6, 8, 2));
    assertThat(search.last("nothing")).isEmpty();
    assertThat(search.stopped()).isEmpty();
  }

  @Test
  void hasStackForALongLine() {
    var search = new PatternSearch(Pattern.compile("(?:a|b)*t=(\\d+)"));
    assertThat(search.last("ab".repeat(8_000) + "t=5"))
        .contains(new PatternSearch.Hit(16_002, 16_003, 1));
  }

  @Test
  void endsWithAReasonWhereTheStackDoesNotDo() {
    var search = new PatternSearch(Pattern.compile("^(?:a|b)*t=(\\d+)"));
    long from = System.nanoTime();
    assertThat(search.last("ab".repeat(3_000_000))).isEmpty();
    assertThat(search.stopped().orElseThrow()).contains("needs too much stack", "6,000,000");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void endsWithAReasonWhereItWouldTakeForEver() {
    var search = new PatternSearch(EXPONENTIAL);
    long from = System.nanoTime();
    assertThat(search.last("x".repeat(60))).isEmpty();
    assertThat(search.last("y=1")).isEmpty();
    assertThat(search.stopped().orElseThrow()).contains("takes too long", "y=(\\d+)");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void endsWhenTheWorkIsCancelled() {
    var search = new PatternSearch(EXPONENTIAL);
    long from = System.nanoTime();
    Thread.currentThread().interrupt();
    assertThat(search.last("x".repeat(60))).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
  }
}
