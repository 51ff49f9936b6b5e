package hostperf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.Caller;
import hostperf.agent.Outcome;
import hostperf.approval.Approver;
import hostperf.job.Jobs;
import hostperf.journal.Clone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundTest {
  private static final Outcome DONE = new Outcome.Inconclusive("done", List.of(), List.of());

  @TempDir Path folder;
  private Background background;

  @BeforeEach
  void open() throws IOException {
    var checkout = Clone.in(folder).open();
    background = new Background(new Jobs<>(checkout, _ -> Map.of()), checkout, Access.FULL);
  }

  private record Client(boolean staysForTheAnswer) implements Caller {
    @Override
    public void progress(String message) {}

    @Override
    public void whenCancelled(Runnable end) {}

    @Override
    public Approver approver() {
      return Approver.NONE;
    }
  }

  private Outcome write(Client client) {
    return background.write(
        Background.of("report"),
        Optional.of(0),
        client,
        _ -> {
          try {
            Thread.sleep(300);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return DONE;
        });
  }

  @Test
  void aClientIsAnsweredInTimeAndComesBackForTheRest() {
    assertThat(write(new Client(false))).isInstanceOf(Outcome.Running.class);
  }

  /// A command's process ends with its answer, so it waits for it.
  @Test
  void aCommandWaitsForItsAnswer() {
    assertThat(write(new Client(true))).isEqualTo(DONE);
  }
}
