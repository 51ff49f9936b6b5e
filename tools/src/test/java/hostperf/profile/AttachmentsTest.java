package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentsTest {
  @TempDir Path folder;

  /// A sampler that goes on for longer than anybody waits.
  private static final class Sleeping implements Processes {
    private final CountDownLatch begun = new CountDownLatch(2);

    @Override
    public Finished run(Command command, Consumer<String> lines) {
      begun.countDown();
      var longer = List.of("sleep", "60");
      return new LocalProcesses()
          .run(
              new Command(
                  longer,
                  command.directory(),
                  command.environment(),
                  command.limit(),
                  command.log()),
              lines);
    }
  }

  @Test
  void saysOfASamplerThatWasGivenUpThatItsProfileIsMissing()
      throws IOException, InterruptedException {
    var processes = new Sleeping();
    var prefix = folder.resolve("profile_samples");
    var attachments = new Attachments(processes, Path.of("py-spy"), prefix, 100, false);
    try (attachments) {
      Files.writeString(
          folder.resolve("profile_samples.7.process.json"),
          "{\"pid\": 7, \"command\": [\"python3\"], \"rank\": \"\"}");
      assertThat(processes.begun.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(attachments.remarks())
        .containsExactly("py-spy did not end in time; its profile is missing.");
  }

  @Test
  void leavesOutHoldersOfTheLockWhereTheSamplerMissedMuchOfTheTime() {
    assertThat(Attached.isFarBehind(ended("1.05s behind\n1.02s behind in sampling", 30))).isFalse();
    assertThat(
            Attached.isFarBehind(
                ended("py-spy> 1.2s behind in sampling\npy-spy> 14.48s behind in sampling", 30)))
        .isTrue();
    assertThat(Attached.isFarBehind(ended("py-spy> Stopped sampling", 30))).isFalse();
  }

  private static Finished ended(String output, int seconds) {
    return new Finished(Finished.End.EXITED, 0, output, Duration.ofSeconds(seconds));
  }

  /// Behind its error it prints frames of its own.
  @Test
  void givesTheSamplersErrorAsTheReason() {
    assertThat(
            Attached.reason(
                ended(
                    """
                    Error: No such process (os error 3)
                    Reason: it ended
                        6: std::rt::lang_start
                        7: main
                    """,
                    1)))
        .isEqualTo("Error: No such process (os error 3)");
    assertThat(Attached.reason(ended("py-spy> Sampling\nDone\n", 1))).isEqualTo("Done");
    assertThat(Attached.reason(ended("", 1))).isEqualTo("it said nothing");
    assertThat(
            Attached.reason(
                new Finished(Finished.End.EXITED, 139, "py-spy> Sampling", Duration.ZERO)))
        .isEqualTo("it crashed (signal 11)");
  }
}
