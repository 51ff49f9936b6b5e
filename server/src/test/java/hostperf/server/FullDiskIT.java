package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that really is full: a small file system of its own, which only root can mount.
class FullDiskIT {
  private static final String OLD = "self.steps += 1";
  private static final String NEW = "self.steps = self.steps + 1";

  /// What is left free while the patch is applied, in KiB: from nothing to enough for some of it.
  private static final List<Integer> FREE = List.of(0, 4, 12, 24, 48);

  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws IOException {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "hostperf-test", disk.toString()).succeeded(),
        "a file system can be mounted here only as root");
  }

  @AfterEach
  void unmount() {
    var _ = run("umount", "-l", disk.toString());
  }

  private Finished run(String... command) {
    return new LocalProcesses().run(new Command(folder, Duration.ofSeconds(20), command));
  }

  @Test
  void leavesTheBaseOrTheWholePatchAndSaysThatThereIsNoRoom() throws IOException {
    var checkout = TinyCheckout.in(disk);
    checkout.trust();
    var base = checkout.read(Kills.ENGINE);
    var aftermath = new Aftermath(checkout, Kills.ENGINE, base, base.replace(OLD, NEW));
    var said = new ArrayList<String>();
    try (var server = RawServer.on(checkout)) {
      var run = server.call("start_run", Map.of("max_rounds", 50)).field("run_id");
      server.call("profile", Map.of("run_id", run));
      server.call("classify", Map.of("run_id", run));
      for (int free : FREE) {
        fill(free);
        var answer = server.call("apply_patch", Kills.edit(run));
        Files.delete(disk.resolve("filler"));
        if (answer.isError()) {
          said.add(answer.text());
        }
        var status = server.call("status", Map.of("run_id", run));
        assertThat(aftermath.faults(status.field("stage"))).as("%d KiB free", free).isEmpty();
        if (status.field("stage").equals("patched")) {
          var back = server.call("rollback", Map.of("run_id", run, "reason", "a try"));
          assertThat(back.isError()).as(back.text()).isFalse();
        }
      }
    }
    assertThat(said)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            text ->
                assertThat(text)
                    .startsWith("Refused: The disk has no room left")
                    .contains("Make room"));
  }

  private void fill(int freeKib) throws IOException {
    var filler = disk.resolve("filler");
    var block = new byte[4096];
    try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE_NEW)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // Full, as wanted; now some of it is given back.
    }
    try (var channel = Files.newByteChannel(filler, StandardOpenOption.WRITE)) {
      channel.truncate(Math.max(0, Files.size(filler) / 4096 * 4096 - freeKib * 1024L));
    }
  }
}
