package hostperf.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Duration FIRST = Duration.ofMillis(20);

  private final List<Long> times = new ArrayList<>();

  private Retries.Result<String> failing(Supplier<RuntimeException> failure) {
    return new Retries(FIRST, 4, text -> text.replace("sk-1", "[hidden]"))
        .call(
            () -> {
              times.add(System.nanoTime());
              throw failure.get();
            });
  }

  @Test
  void eachPauseIsTwiceTheOneBeforeAndTheLastFailureIsTheReason() {
    var end = failing(() -> new RateLimitException("slow down, sk-1"));
    assertThat(end)
        .isEqualTo(
            new Retries.GaveUp<>("the endpoint's rate limit, after 4 tries: slow down, [hidden]"));
    assertThat(times).hasSize(4);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1))
          .isGreaterThanOrEqualTo(FIRST.toNanos() << (i - 1));
    }
  }

  @Test
  void whatAskingAgainCannotHelpIsAskedOnce() {
    failing(() -> new AuthenticationException("no such key"));
    assertThat(times).hasSize(1);
  }

  @Test
  void anEndpointThatRecoversGivesItsAnswer() {
    var failures = new ArrayList<>(List.of(new InternalServerException("overloaded")));
    var end =
        new Retries(FIRST, 4, text -> text)
            .call(
                () -> {
                  if (!failures.isEmpty()) {
                    throw failures.removeFirst();
                  }
                  return "answer";
                });
    assertThat(end).isEqualTo(new Retries.Got<>("answer"));
  }

  @Test
  void anInterruptEndsThePause() {
    Thread.currentThread().interrupt();
    failing(() -> new RateLimitException("slow down"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(times).hasSize(1);
  }
}
