package hostperf.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.seal.UserState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineQueueTest {
  @TempDir Path folder;

  /// As each checkout of each process has one.
  private MachineQueue queue(String checkout) {
    return new MachineQueue(new UserState(folder), Path.of(checkout), InstantSource.system());
  }

  @Test
  void letsOneWorkAtATimeInTheOrderInWhichTheyCame() throws Exception {
    var working = new AtomicInteger();
    var most = new AtomicInteger();
    var order = new CopyOnWriteArrayList<Integer>();
    var allThere = new CountDownLatch(1);
    var all =
        IntStream.range(0, 6)
            .mapToObj(
                i -> {
                  var done =
                      CompletableFuture.runAsync(
                          () -> {
                            var _ =
                                queue("/src/" + i)
                                    .inTurn(
                                        "validate",
                                        _ -> {},
                                        () -> {
                                          most.accumulateAndGet(
                                              working.incrementAndGet(), Math::max);
                                          order.add(i);
                                          await(allThere);
                                          pause(10);
                                          return working.decrementAndGet();
                                        });
                          },
                          r -> Thread.ofVirtual().start(r));
                  awaitTickets(i + 1);
                  return done;
                })
            .toList();
    allThere.countDown();
    for (var one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    assertThat(most).hasValue(1);
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(queue("/src/x").places()).isEmpty();
  }

  private void awaitTickets(int count) {
    while (queue("/src/x").places().size() < count) {
      pause(2);
    }
    // Tickets are told apart by the millisecond.
    pause(3);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void saysWhatItWaitsForAndShowsWhoIsThere() throws Exception {
    var release = new CountDownLatch(1);
    var said = new CopyOnWriteArrayList<String>();
    var first = begin("/src/a", "profile", release, said);
    while (queue("/src/x").places().isEmpty()) {
      pause(5);
    }
    pause(5);
    var second = begin("/src/b", "validate", release, said);
    while (said.isEmpty()) {
      pause(5);
    }
    assertThat(said.getFirst())
        .startsWith("waits for its turn on this machine behind `profile` of /src/a (process ");
    assertThat(queue("/src/x").notes())
        .satisfiesExactly(
            a -> assertThat(a).startsWith("On this machine `profile` of /src/a (process "),
            b -> assertThat(b).startsWith("After it: `validate` of /src/b"));
    release.countDown();
    first.get(60, TimeUnit.SECONDS);
    second.get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> begin(
      String checkout, String tool, CountDownLatch release, List<String> said) {
    return CompletableFuture.runAsync(
        () -> {
          boolean _ =
              queue(checkout)
                  .inTurn(
                      tool,
                      said::add,
                      () -> {
                        try {
                          return release.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                      });
        },
        r -> Thread.ofVirtual().start(r));
  }

  @Test
  void passesOverAProcessThatIsNoMore() throws Exception {
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    boolean _ =
        new UserState(folder)
            .own("machine/" + OwnerLock.host())
            .create(
                "000000000000001-x.json",
                "{\"pid\":%d,\"begun\":\"then\",\"tool\":\"validate\",\"checkout\":\"/src/a\",\"since\":\"then\"}"
                    .formatted(dead.pid()));
    assertThat(queue("/src/b").<String>inTurn("profile", _ -> {}, () -> "worked"))
        .isEqualTo("worked");
    try (var left = Files.list(folder.resolve("machine").resolve(OwnerLock.host()))) {
      assertThat(left.filter(f -> f.toString().endsWith(".json"))).isEmpty();
    }
  }

  @Test
  void givesTheTurnBackWhenTheWorkFails() {
    var queue = queue("/src/a");
    assertThatThrownBy(
            () ->
                queue.inTurn(
                    "profile",
                    _ -> {},
                    () -> {
                      throw new Refusal("no", "none");
                    }))
        .isInstanceOf(Refusal.class);
    assertThat(queue("/src/b").<String>inTurn("profile", _ -> {}, () -> "worked"))
        .isEqualTo("worked");
  }

  @Test
  void leavesTheQueueWhenItIsCancelled() throws Exception {
    var release = new CountDownLatch(1);
    var said = new CopyOnWriteArrayList<String>();
    var first = begin("/src/a", "profile", release, said);
    while (queue("/src/x").places().isEmpty()) {
      pause(5);
    }
    pause(5);
    var failure = new CompletableFuture<Throwable>();
    var second =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    var _ = queue("/src/b").<String>inTurn("validate", said::add, () -> "worked");
                  } catch (Refusal e) {
                    failure.complete(e);
                  }
                });
    while (said.isEmpty()) {
      pause(5);
    }
    second.interrupt();
    assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("cancelled");
    assertThat(queue("/src/x").places()).hasSize(1);
    release.countDown();
    first.get(60, TimeUnit.SECONDS);
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
