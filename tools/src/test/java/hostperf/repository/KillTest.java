package hostperf.repository;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  // `-Dkills=300` for a long run.
  private static final int KILLS = Integer.getInteger("kills", 4);

  @TempDir Path folder;

  @Test
  void aProgramKilledAtAnyMomentLeavesTheBaseOrTheRoundAndAWorkingGit() throws Exception {
    for (int seed = 1; seed <= KILLS; seed++) {
      Sandbox sandbox = Sandbox.create(folder.resolve("checkout" + seed));
      Path journal = folder.resolve("intent" + seed);
      Finished finished = runUntilKilled(sandbox, journal, seed);
      assertThat(finished.exitCode()).describedAs(finished.output()).isEqualTo(137);
      if (Files.exists(journal)) {
        Intent intent = EndlessRounds.read(journal);
        assertThat(sandbox.open().recover(intent, List.of()).leftAlone()).isEmpty();
        assertThat(sandbox.open().head()).isEqualTo(intent.refs().getLast().to().orElseThrow());
        sandbox.assertWhole();
      }
    }
  }

  private static Finished runUntilKilled(Sandbox sandbox, Path journal, int seed) {
    return new LocalProcesses()
        .run(
            new Command(
                sandbox.root(),
                Duration.ofMinutes(1),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EndlessRounds.class.getName(),
                sandbox.root().toString(),
                journal.toString(),
                Integer.toString(seed)));
  }
}
