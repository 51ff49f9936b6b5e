package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.journal.Clone;
import hostperf.repository.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A checkout from an archive can have pipes and links to devices where hostperf or git has files:
/// whoever opens one waits for ever, or reads without an end.
class HostilePipesTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Clone clone;

  @BeforeEach
  void make() throws IOException {
    clone = Clone.in(folder);
  }

  private void pipe(String file) throws IOException {
    var at = clone.root().resolve(file);
    Files.createDirectories(at.getParent());
    Files.deleteIfExists(at);
    var made =
        new LocalProcesses()
            .run(
                new Command(
                    List.of("mkfifo", at.toString()),
                    folder,
                    Map.of(),
                    Duration.ofSeconds(10),
                    Optional.empty()));
    assertThat(made.succeeded()).as(made.output()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run-abcd2345/journal.jsonl",
        "approvals/approval-aaaaaaaa.json",
        "approvals/approval-aaaaaaaa.answer.json",
        "jobs/job-aaaaaaaa.json",
        "owner"
      })
  void looksPastAPipeInItsHome(String file) throws IOException {
    pipe(".hostperf/" + file);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          var checkout = clone.open();
          assertThat(checkout.runs().all()).isEmpty();
          var _ = checkout.notBelieved();
          assertThat(Questions.of(checkout)).isEmpty();
          var _ = new Recovery(checkout).leftovers();
        });
  }

  @Test
  void takesNoPipeForItsLock() throws IOException {
    pipe(".hostperf/owner.lock");
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(() -> clone.open().owner().take())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("owner.lock is a folder, a pipe or a device"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "HEAD", "config", "packed-refs", "commondir", "shallow"})
  void refusesAPipeWhereGitHasAFile(String file) throws IOException {
    pipe(".git/" + file);
    assertRefused(".git/" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "HEAD", "info/exclude"})
  void refusesADeviceWhereGitHasAFile(String file) throws IOException {
    var at = clone.root().resolve(".git").resolve(file);
    Files.createDirectories(at.getParent());
    Files.deleteIfExists(at);
    Files.createSymbolicLink(at, Path.of("/dev/zero"));
    assertRefused(".git/" + file);
  }

  @Test
  void refusesAPipeInPlaceOfGitsFolder() throws IOException {
    Files.move(clone.root().resolve(".git"), folder.resolve("git"));
    pipe(".git");
    assertRefused(".git");
  }

  private void assertRefused(String file) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          assertThatThrownBy(() -> GitRepository.at(clone.root(), InstantSource.system()).tracked())
              .isInstanceOf(Refusal.class)
              .hasMessageContaining(file + " is a folder, a pipe or a device");
          assertThat(clone.open().runs().all()).isEmpty();
        });
  }
}
