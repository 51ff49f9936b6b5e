package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person who reads for a while before they answer. Both read at once: nothing is done meanwhile.
@Order(1)
class SlowAnswerIT {
  @TempDir Path folder;

  /// Says yes when the time is over.
  ///
  /// @param asked how often
  private record Reader(Duration reads, AtomicInteger asked) implements ServerSession.Person {
    Reader(Duration reads) {
      this(reads, new AtomicInteger());
    }

    @Override
    public ElicitResult apply(ElicitFormRequest question) {
      asked.incrementAndGet();
      pause(reads);
      return TinyCheckout.YES.apply(question);
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void countsAYesHoweverLateItComes() throws IOException {
    var one = TinyCheckout.in(folder.resolve("one"));
    var two = TinyCheckout.in(folder.resolve("two"));
    var soon = CompletableFuture.runAsync(() -> countsAYesAfterTwelveSecondsInTheCall(one));
    countsAYesAfterAMinuteThoughNoCallWaitedForIt(two);
    soon.join();
  }

  private static void countsAYesAfterTwelveSecondsInTheCall(TinyCheckout checkout) {
    var person = new Reader(Duration.ofSeconds(12));
    try (var server = checkout.connect(person)) {
      assertThat(server.call("start_run", Map.of("wait_s", 30)).text("run_id")).startsWith("run-");
      assertThat(person.asked()).hasValue(1);
    }
  }

  private static void countsAYesAfterAMinuteThoughNoCallWaitedForIt(TinyCheckout checkout) {
    var person = new Reader(Duration.ofSeconds(61));
    try (var server = checkout.connect(person)) {
      long from = System.nanoTime();
      var first = server.call("start_run", Map.of("wait_s", 4));
      assertThat(first.text("state")).isEqualTo("pending");
      assertThat(Duration.ofNanos(System.nanoTime() - from))
          .as("it does not wait for the person")
          .isLessThan(Duration.ofSeconds(40));
      var open = server.call("status", Map.of());
      assertThat(open.rows("approvals"))
          .singleElement()
          .satisfies(
              a -> {
                assertThat(a.get("approval_id")).isEqualTo(first.text("approval_id"));
                assertThat(a.get("kind")).isEqualTo("configuration");
                assertThat(a.get("state")).isEqualTo("pending");
              });
      assertThat(open.text()).contains("hostperf approve " + first.text("approval_id"));
      pause(Duration.ofSeconds(62));
      var begun = server.call("start_run", Map.of("wait_s", 0));
      assertThat(begun.text("run_id")).as(begun.text()).startsWith("run-");
      assertThat(person.asked()).hasValue(1);
    }
  }
}
