package hostperf.job;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Refusal;
import hostperf.journal.Clone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
