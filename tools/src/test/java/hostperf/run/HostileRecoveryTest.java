package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.journal.Clone;
import hostperf.journal.Event;
import hostperf.repository.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Moves that a journal announces and that recovery must not make, though the seal is right.
class HostileRecoveryTest {
  @TempDir Path folder;
  private Clone clone;

  @BeforeEach
  void make() throws IOException {
    clone = Clone.in(folder);
  }

  private static Intent swap(String path, String before, String after) {
    return new Intent(
        "01234567-89ab",
        List.of(),
        Optional.empty(),
        List.of(new Intent.FileMove(path, before, after)),
        Intent.Scope.SWAP);
  }

  @ParameterizedTest
  @CsvSource({
    "../outside, `..`",
    "/etc/passwd, not relative",
    ".git/config, .git",
    ".GIT/config, .git",
    "pkg/../.git/config, `..`",
    "git~1/config, .git",
    "tests/test_a.py, is protected",
    "hostperf.yaml, is protected",
    ".hostperf/owner, is protected",
    "pkg\\a.py, backslash",
  })
  void movesNothingThatAPatchMayNotChangeThoughTheSealIsRight(String path, String why)
      throws IOException {
    var run = clone.begun();
    var evil = clone.git("hash-object", "-w", clone.write("evil", "evil\n").toString());
    clone.open().runs().append(run, new Event.SwapIntended(swap(path, evil, "1".repeat(40))));
    var before = clone.everything();
    assertThatThrownBy(
            () -> clone.open().owner().ifFree(() -> new Recovery(clone.open()).recover()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
    before.remove("checkout/.hostperf/owner.lock");
    var after = clone.everything();
    after.remove("checkout/.hostperf/owner.lock");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void putsNothingInPlaceThatNoCommitOfTheRunHas() throws IOException {
    var run = clone.begun();
    var evil = clone.git("hash-object", "-w", clone.write("evil", "evil\n").toString());
    var base = clone.git("rev-parse", "HEAD:pkg/a.py");
    clone.open().runs().append(run, new Event.SwapIntended(swap("pkg/a.py", evil, base)));
    assertThatThrownBy(() -> new Recovery(clone.open()).recover())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("neither HEAD nor a commit of the run");
    assertThat(clone.root().resolve("pkg/a.py")).hasContent(Clone.BASE.strip());
  }

  @Test
  void followsNoLinkOfTheCheckoutWhenItRecovers() throws IOException {
    var run = clone.begun();
    var base = clone.git("rev-parse", "HEAD:pkg/a.py");
    var mine = clone.git("hash-object", clone.outside().toString());
    clone.open().runs().append(run, new Event.SwapIntended(swap("pkg/a.py", base, mine)));
    Files.delete(clone.root().resolve("pkg/a.py"));
    Files.createSymbolicLink(clone.root().resolve("pkg/a.py"), clone.outside());
    var _ = new Recovery(clone.open()).recover();
    assertThat(clone.outside()).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs/heads/main", "refs/heads/../../config", "HEAD", "config"})
  void movesNoRefThatIsNotItsOwn(String ref) throws IOException {
    var run = clone.begun();
    var head = clone.git("rev-parse", "HEAD");
    var intent =
        new Intent(
            "01234567-89ab",
            List.of(
                new Intent.RefMove(ref, Optional.of(head), Optional.of("1".repeat(40)), "note")),
            Optional.empty(),
            List.of(),
            Intent.Scope.COMMIT);
    clone.open().runs().append(run, new Event.FinishIntended(intent));
    assertThatThrownBy(() -> new Recovery(clone.open()).recover())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is not a ref of hostperf");
  }

  @Test
  void makesNoPathOfAMovesName() throws IOException {
    var run = clone.begun();
    var intent =
        new Intent("/../../outside", List.of(), Optional.empty(), List.of(), Intent.Scope.SWAP);
    clone.open().runs().append(run, new Event.SwapIntended(intent));
    assertThatThrownBy(() -> new Recovery(clone.open()).recover())
        .hasMessageContaining("is not the name of a move");
  }

  @Test
  void onlySaysWhatWasLeftHalfDoneWhereItMayNotWrite() throws IOException {
    var run = clone.begun();
    var base = clone.git("rev-parse", "HEAD:pkg/a.py");
    clone.open().runs().append(run, new Event.SwapIntended(swap("pkg/a.py", base, base)));
    var before = clone.everything();
    var recovery = new Recovery(clone.open());
    assertThat(recovery.leftovers())
        .containsExactly(Clone.ID + " was left in the middle of a move");
    assertThatThrownBy(recovery::requireNone).hasMessageContaining("this server only reads");
    assertThat(clone.everything()).isEqualTo(before);
  }
}
