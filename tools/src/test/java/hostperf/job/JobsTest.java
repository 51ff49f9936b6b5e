package hostperf.job;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Refusal;
import hostperf.host.LocalProcesses;
import hostperf.journal.Clone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
  @TempDir Path folder;

  /// Somebody who looks later reads how long it ran, not how long ago it began.
  @Test
  void aJobThatEndedTakesNoMoreTime() throws Exception {
    var jobs = new Jobs<String>(Clone.in(folder).open(), answer -> Map.of("answer", answer));
    var job =
        jobs.start(
            new Jobs.Work("profile", Optional.empty()),
            progress -> {
              progress.accept("launching");
              return "done";
            });
    assertThat(job.awaitEnd(Duration.ofSeconds(10))).isTrue();
    var took = job.elapsed();
    Thread.sleep(50);
    assertThat(job.elapsed()).isEqualTo(took);
    assertThat(job.progress()).isEqualTo("launching");
    assertThat(job.lines()).singleElement().asString().matches("[0-9]+ s: launching");
  }

  /// A launch may take minutes without a word.
  @Test
  void whatAJobDoesForLongIsSaidWithItsTime() throws Exception {
    var now = new AtomicReference<>(Instant.EPOCH);
    var checkout = new Checkout(folder, new LocalProcesses(), now::get, new Random(1));
    var jobs = new Jobs<String>(checkout, answer -> Map.of("answer", answer));
    var said = new CountDownLatch(1);
    var goOn = new CompletableFuture<String>();
    var job =
        jobs.start(
            new Jobs.Work("profile", Optional.empty()),
            progress -> {
              progress.accept("launching");
              said.countDown();
              return goOn.orTimeout(10, TimeUnit.SECONDS).join();
            });
    assertThat(said.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(job.progress()).isEqualTo("launching");
    now.set(Instant.EPOCH.plusSeconds(130));
    assertThat(job.progress()).isEqualTo("launching (for 130 s)");
    goOn.complete("done");
    assertThat(job.awaitEnd(Duration.ofSeconds(10))).isTrue();
    assertThat(job.progress()).isEqualTo("launching");
  }

  /// Work that computes ends at its next look, not at once.
  @Test
  void aJobThatIsBeingCancelledSaysSo() throws Exception {
    var jobs = new Jobs<String>(Clone.in(folder).open(), answer -> Map.of("answer", answer));
    var said = new CountDownLatch(1);
    var looks = new CountDownLatch(1);
    var job =
        jobs.start(
            new Jobs.Work("propose_options", Optional.empty()),
            progress -> {
              progress.accept("reading");
              said.countDown();
              while (looks.getCount() > 0) {
                Thread.onSpinWait();
              }
              throw new CancellationException();
            });
    assertThat(said.await(10, TimeUnit.SECONDS)).isTrue();
    job.cancel();
    assertThat(job.progress()).startsWith("being cancelled");
    assertThat(job.isCancelled()).isTrue();
    assertThat(job.state()).isEqualTo(Jobs.State.RUNNING);
    looks.countDown();
    assertThat(job.awaitEnd(Duration.ofSeconds(10))).isTrue();
    assertThat(job.state()).isEqualTo(Jobs.State.CANCELLED);
  }

  /// Another process shows how far a job is.
  @Test
  void whatAJobSaysCanBeReadElsewhere() throws Exception {
    var clone = Clone.in(folder);
    var jobs = new Jobs<String>(clone.open(), answer -> Map.of("answer", answer));
    var job =
        jobs.start(
            new Jobs.Work("profile", Optional.empty()),
            progress -> {
              progress.accept("launching");
              progress.accept("launched");
              return "done";
            });
    assertThat(job.awaitEnd(Duration.ofSeconds(10))).isTrue();
    var elsewhere = new Jobs<String>(clone.open(), answer -> Map.of("answer", answer));
    assertThat(elsewhere.said(job.id())).isEqualTo(job.lines()).hasSize(2);
    assertThat(elsewhere.recorded()).hasSize(1);
  }

  /// A server may live for weeks.
  @Test
  void aJobThatWasOverLongAgoIsAFileAlone() throws Exception {
    var jobs = new Jobs<String>(Clone.in(folder).open(), answer -> Map.of("answer", answer));
    var held = new CountDownLatch(1);
    var running =
        jobs.start(
            new Jobs.Work("validate", Optional.empty()),
            _ -> {
              try {
                held.await();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
              return "late";
            });
    var ids = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      var answer = "answer " + i;
      var job = jobs.start(new Jobs.Work("report", Optional.empty()), _ -> answer);
      assertThat(job.awaitEnd(Duration.ofSeconds(10))).isTrue();
      ids.add(job.id());
    }
    assertThat(jobs.mine(running.id())).isPresent();
    assertThat(ids.stream().filter(id -> jobs.mine(id).isPresent())).hasSizeLessThan(20);
    assertThat(jobs.mine(ids.getLast())).isPresent();
    var first = jobs.recorded(ids.getFirst()).orElseThrow();
    assertThat(first.result()).hasValue(Map.of("answer", "answer 0"));
    held.countDown();
    assertThat(running.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aJobThatNeedsMoreMemoryEndsAndSaysSo() throws Exception {
    var ended = failed(new OutOfMemoryError("Java heap space"));
    assertThat(ended.failure())
        .hasValueSatisfying(
            f -> {
              assertThat(f.getMessage()).startsWith("validate needed more memory than the server");
              assertThat(((Refusal) f).next()).contains("HOSTPERF_HEAP");
            });
  }

  @Test
  void aJobThatDiesOfAnErrorEnds() throws Exception {
    assertThat(failed(new AssertionError("broken")).failure()).isPresent();
  }

  private Jobs<String>.Job failed(Error error) throws Exception {
    var jobs = new Jobs<String>(Clone.in(folder).open(), answer -> Map.of("answer", answer));
    var job =
        jobs.start(
            new Jobs.Work("validate", Optional.empty()),
            _ -> {
              throw error;
            });
    assertThat(job.awaitEnd(Duration.ofSeconds(10))).isTrue();
    assertThat(job.state()).isEqualTo(Jobs.State.FAILED);
    return job;
  }
}
