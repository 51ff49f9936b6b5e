package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What hostperf leaves in a temporary folder that all users share.
class TemporaryIT {
  @TempDir Path folder;

  private List<Path> left(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(f -> !f.getFileName().toString().startsWith("hsperfdata")).toList();
    }
  }

  private RawServer server(Path temporary) throws IOException {
    var checkout = Files.createDirectories(folder.resolve("checkout"));
    return RawServer.on(checkout, folder.resolve("home"), Map.of("TMPDIR", temporary.toString()));
  }

  @Test
  void keepsItsLibrariesInAFolderOfItsOwnThatGoesAlsoAfterAKill() throws IOException {
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var killed = server(temporary);
    var first = left(temporary);
    assertThat(first).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.getFirst())))
        .isEqualTo("rwx------");
    killed.kill();
    assertThat(left(temporary)).isEqualTo(first);
    try (var second = server(temporary)) {
      for (int i = 0; i < 200 && Files.exists(first.getFirst()); i++) {
        RawServer.pause(50);
      }
      assertThat(left(temporary)).hasSize(1).doesNotContainAnyElementsOf(first);
      var _ = second.leave();
    }
    assertThat(left(temporary)).isEmpty();
  }

  @Test
  void leavesAloneWhatALivingServerHas() throws IOException {
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    try (var one = server(temporary)) {
      var its = left(temporary);
      try (var other = server(temporary)) {
        RawServer.pause(500);
        assertThat(left(temporary)).hasSize(2).containsAll(its);
        var _ = other.leave();
      }
      assertThat(left(temporary)).isEqualTo(its);
      var _ = one.leave();
    }
  }

  @Test
  void writesNoArchiveOfItsCodeWhereOthersCouldPutOne() throws IOException {
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var finished =
        new LocalProcesses()
            .run(
                new Command(
                    List.of(Golden.root().resolve("hostperf").toString(), "--version"),
                    folder,
                    Map.of("XDG_CACHE_HOME", "/dev/null/none", "TMPDIR", temporary.toString()),
                    Duration.ofMinutes(1),
                    Optional.empty()));
    assertThat(finished.output()).startsWith("hostperf ");
    assertThat(left(temporary)).isEmpty();
  }
}
