package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.job.BeginsARun;
import hostperf.journal.Clone;
import hostperf.journal.Event;
import hostperf.journal.RunId;
import hostperf.journal.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A `.hostperf/` as an attacker would prepare it: nothing in it is believed that this user's
/// hostperf did not write there, and nothing is touched because of it.
class HostileHomeTest {
  @TempDir Path folder;
  private Clone clone;

  @BeforeEach
  void make() throws IOException {
    clone = Clone.in(folder);
  }

  /// What `runs`, `status` and `doctor` do, and then what a server that may write does.
  private void look() {
    var checkout = clone.open();
    var _ = checkout.runs().all();
    var _ = checkout.notBelieved();
    var _ = new Recovery(checkout).leftovers();
    var _ = checkout.owner().otherHolder();
    new Recovery(checkout).recoverIfUnowned();
  }

  private void forge(String path) throws IOException {
    var evil = clone.write("evil", "evil\n");
    var after = clone.git("hash-object", "-w", evil.toString());
    var target = clone.root().resolve(path);
    var before =
        Files.exists(target)
            ? clone.git("hash-object", "--no-filters", target.toString())
            : "0".repeat(40);
    var started =
        """
        {"at":"2026-01-01T00:00:00Z","event":{"event":"started","setup":{"goal":"g","maxRounds":2,
        "base":{"commit":"%s","originalHeadName":"refs/heads/main",
        "branch":"hostperf/run-abcd2345","started":"2026-01-01T00:00:00Z"},
        "configuration":{"sha256":"0","text":"","primaryMetric":"m"},
        "environment":{},"handoff":null}}}"""
            .formatted(clone.git("rev-parse", "HEAD"));
    // A swap is undone: what it "was" is put in place.
    var swapped =
        """
        {"at":"2026-01-01T00:00:01Z","event":{"event":"swap_intended","intent":{
        "id":"01234567-89ab","refs":[],"head":null,
        "files":[{"path":"%s","before":"%s","after":"%s"}],"scope":"SWAP"}}}"""
            .formatted(path, after, before);
    var text = started.replace("\n", "") + "\n" + swapped.replace("\n", "") + "\n";
    clone.write(".hostperf/" + Clone.ID + "/journal.jsonl", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", ".git/config", "pkg/a.py", ".git/hooks/pre-commit"})
  void movesNothingForAJournalThatCameAlong(String path) throws IOException {
    forge(path);
    var before = clone.everything();
    look();
    assertThat(clone.everything()).isEqualTo(before);
    clone.assertRefused("Line 1 of", Clone.ID + "/journal.jsonl", "this user's hostperf");
  }

  @Test
  void refusesATrackedHomeByNameThoughHostperfItselfWroteIt() throws IOException {
    clone.begun();
    clone.commit("with its home");
    clone.assertRefused(".hostperf is tracked by git", "git rm -r --cached .hostperf");
    clone.git("rm", "-r", "-q", "--cached", ".hostperf");
    clone.assertRefused(".hostperf is tracked by git");
    clone.git("commit", "-q", "-m", "without");
    assertThat(clone.open().runs().all()).hasSize(1);
  }

  @Test
  void refusesATrackedHomeInAnyCase() throws IOException {
    clone.write(".HostPerf/notes", "mine\n");
    clone.commit("another case");
    assertThat(clone.open().home().fault()).isPresent();
  }

  @Test
  void writesNothingWhereTheHomeIsTracked() throws IOException {
    forge("../outside");
    clone.commit("all of it");
    var before = clone.everything();
    look();
    var checkout = clone.open();
    assertThatThrownBy(() -> checkout.owner().take())
        .hasMessageContaining(".hostperf is tracked by git");
    assertThatThrownBy(() -> checkout.runs().begin(new RunId("run-zzzzzzzz"), Samples.SETUP))
        .isInstanceOf(Refusal.class);
    assertThat(clone.everything()).isEqualTo(before);
  }

  @Test
  void refusesAHomeThatIsALink() throws IOException {
    clone.begun();
    Files.move(clone.home(), folder.resolve("elsewhere"));
    Files.createSymbolicLink(clone.home(), folder.resolve("elsewhere"));
    var before = clone.everything();
    look();
    clone.assertRefused(".hostperf is a symbolic link");
    assertThat(clone.everything()).isEqualTo(before);
  }

  @Test
  void refusesAHomeThatIsNoFolder() throws IOException {
    Files.writeString(clone.home(), "");
    clone.assertRefused(".hostperf is not a folder");
  }

  @Test
  void refusesAHomeOfAnotherUser() throws IOException {
    clone.begun();
    var chown =
        new LocalProcesses()
            .run(
                new Command(
                    folder, Duration.ofSeconds(9), "chown", "12345", clone.home().toString()));
    assumeTrue(chown.succeeded(), "only root can give a folder away");
    clone.assertRefused(".hostperf belongs to another user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner", "owner.lock"})
  void writesThroughNoLinkOfTheOwner(String name) throws IOException {
    Files.createDirectories(clone.home());
    Files.createSymbolicLink(clone.home().resolve(name), clone.outside());
    assertThatThrownBy(() -> clone.open().owner().take())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(name + " is a symbolic link");
    assertThat(clone.outside()).hasContent("mine");
  }

  @Test
  void readsAndWritesThroughNoLinkOfTheJournal() throws IOException {
    var run = clone.begun();
    Files.move(clone.journal(), clone.outside(), StandardCopyOption.REPLACE_EXISTING);
    Files.createSymbolicLink(clone.journal(), clone.outside());
    var before = clone.everything();
    clone.assertRefused("journal.jsonl is a symbolic link");
    assertThatThrownBy(() -> clone.open().runs().append(run, new Event.Noted("a", "b")))
        .isInstanceOf(Refusal.class);
    assertThat(clone.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"profiles", "samples", "patches", "approvals", "logs"})
  void writesThroughNoLinkInARunsFolder(String name) throws IOException {
    clone.begun();
    var target = Files.createDirectory(folder.resolve("target"));
    var run = clone.open().runs().folder(Clone.ID);
    Files.createSymbolicLink(run.path().resolve(name), target);
    assertThatThrownBy(() -> run.write(name + "/x.json", "{\"a\":1}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(name + " is a symbolic link");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void namesAnOwnerThatCameAlongByNobodysName() throws IOException {
    var mine = clone.open();
    mine.owner().take();
    try (var _ = mine.owner()) {
      clone.write(".hostperf/owner", "{\"pid\":1,\"host\":\"evil\",\"since\":\"kill 1\"}");
      assertThat(clone.open().owner().otherHolder().orElseThrow().who())
          .isEqualTo("another process");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void letsNobodyElseReadWhateverTheUmask(String umask) throws IOException {
    var finished =
        new LocalProcesses()
            .run(
                new Command(
                    folder,
                    Duration.ofSeconds(60),
                    "sh",
                    "-c",
                    "umask %s && exec \"$@\"".formatted(umask),
                    "sh",
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BeginsARun.class.getName(),
                    folder.toString()));
    assertThat(finished.succeeded()).as(finished.output()).isTrue();
    for (var top : List.of(clone.home(), folder.resolve("state/hostperf"))) {
      try (var all = Files.walk(top)) {
        for (Path file : all.toList()) {
          var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          assertThat(mode)
              .as(file.toString())
              .isEqualTo(
                  Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "rwx------" : "rw-------");
        }
      }
    }
  }
}
