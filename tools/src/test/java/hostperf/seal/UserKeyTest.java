package hostperf.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeyTest {
  @TempDir Path folder;

  private UserKey key() {
    return new UserState(folder.resolve("hostperf")).key();
  }

  private SealedFolder sealed() {
    return new UserState(folder.resolve("hostperf")).in(folder, ".hostperf");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> sealed().write("a.json", "{\"a\":1}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("hostperf/key " + why);
  }

  @Test
  void isMadeAtTheFirstSealAndNotForReading() throws IOException {
    assertThat(sealed().read("a.json")).isEmpty();
    assertThat(folder.resolve("hostperf")).doesNotExist();
    var _ = sealed().write("a.json", "{\"a\":1}");
    assertThat(Files.readAllBytes(key().file())).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key().file())))
        .isEqualTo("rw-------");
    assertThat(sealed().read("a.json")).contains("{\"a\":1}");
  }

  @Test
  void isOneForAllThatMakeItAtOnce() throws InterruptedException {
    var made = new CopyOnWriteArrayList<byte[]>();
    var threads =
        java.util.stream.IntStream.range(0, 16)
            .mapToObj(_ -> Thread.ofVirtual().start(() -> made.add(key().orMade())))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(made).hasSize(16).allSatisfy(k -> assertThat(k).isEqualTo(made.getFirst()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "rwx--x---"})
  void isRefusedWhereOthersCanReachIt(String mode) throws IOException {
    var _ = key().orMade();
    Files.setPosixFilePermissions(key().file(), PosixFilePermissions.fromString(mode));
    assertRefused("can be read or written by other users");
    assertThat(sealed().whyNot("a.json")).isEmpty();
  }

  @Test
  void isRefusedInAFolderThatOthersCanChange() throws IOException {
    var _ = key().orMade();
    Files.setPosixFilePermissions(
        key().file().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused("lies in a folder that other users can change");
  }

  @Test
  void isRefusedAsALink() throws IOException {
    var _ = key().orMade();
    Files.move(key().file(), folder.resolve("elsewhere"));
    Files.createSymbolicLink(key().file(), folder.resolve("elsewhere"));
    assertRefused("is a symbolic link");
    Files.delete(key().file());
    Files.createSymbolicLink(key().file(), folder.resolve("nowhere"));
    assertRefused("is a symbolic link");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void isRefusedWhenItIsCutShort() throws IOException {
    var _ = key().orMade();
    Files.write(key().file(), new byte[31]);
    assertRefused("is damaged: it has 31 bytes, not 32");
  }

  @Test
  void isRefusedAsAnotherUsers() {
    var _ = key().orMade();
    var chown =
        new LocalProcesses()
            .run(
                new Command(
                    folder, Duration.ofSeconds(9), "chown", "12345", key().file().toString()));
    assumeTrue(chown.succeeded(), "only root can give a file away");
    assertRefused("belongs to another user");
  }

  @Test
  void sealsOfOnePurposePlaceOrNameHoldForNoOther() {
    var state = new UserState(folder.resolve("hostperf"));
    var seal = new Seal(state.key(), folder);
    var made = seal.of(Seal.Purpose.LINE, "ab", "c");
    assertThat(seal.holds(made, Seal.Purpose.LINE, "ab", "c")).isTrue();
    assertThat(
            List.of(
                seal.holds(made, Seal.Purpose.RUN_FILE, "ab", "c"),
                seal.holds(made, Seal.Purpose.LINE, "a", "bc"),
                seal.holds(made, Seal.Purpose.LINE, "ab", "c", ""),
                seal.holds("", Seal.Purpose.LINE, "ab", "c"),
                new Seal(state.key(), folder.resolve("x"))
                    .holds(made, Seal.Purpose.LINE, "ab", "c"),
                new Seal(new UserState(folder.resolve("other")).key(), folder)
                    .holds(made, Seal.Purpose.LINE, "ab", "c")))
        .containsOnly(false);
  }
}
