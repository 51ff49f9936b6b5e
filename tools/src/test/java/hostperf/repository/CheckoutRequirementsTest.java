package hostperf.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutRequirementsTest {
  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void create() {
    sandbox = Sandbox.create(folder.resolve("checkout"));
  }

  @Test
  void acceptsAPlainCheckout() {
    assertThatCode(() -> sandbox.open().requireFit()).doesNotThrowAnyException();
  }

  @Test
  void refusesWhatIsNoCheckoutAndNamesTheRootOfOne() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    assertOpenRefused(folder.resolve("empty"), "is not a git checkout");
    assertOpenRefused(folder.resolve("absent"), "does not exist");
    assertOpenRefused(sandbox.file("pkg"), "lies inside the checkout " + sandbox.root());
  }

  @Test
  void refusesABareRepository() {
    sandbox.git("clone", "-q", "--bare", ".", "../bare");
    assertOpenRefused(folder.resolve("bare"), "is a bare repository");
    sandbox.git("config", "core.bare", "true");
    assertUnfit("is bare");
  }

  @Test
  void refusesSha256Objects() throws Exception {
    Files.createDirectories(folder.resolve("sha256"));
    Sandbox other = new Sandbox(folder.resolve("sha256"));
    other.git("init", "-q", "--object-format=sha256");
    other.write("a.txt", "a\n");
    other.git("add", ".");
    other.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "-m", "a");
    sandbox = other;
    assertUnfit("object format sha256");
  }

  @Test
  void refusesASparseCheckout() {
    sandbox.git("sparse-checkout", "set", "pkg");
    assertUnfit("is a sparse checkout");
  }

  @Test
  void refusesASplitIndex() {
    sandbox.git("update-index", "--split-index");
    assertUnfit("has a split index");
  }

  @Test
  void refusesACheckoutWithoutACommit() throws Exception {
    Files.createDirectories(folder.resolve("new"));
    sandbox = new Sandbox(folder.resolve("new"));
    sandbox.git("init", "-q");
    assertUnfit("has no commit yet");
  }

  @Test
  void refusesConflictsAndSaysWhatIsUnderWay() {
    conflict("merge");
    assertUnfit("is in the middle of a merge");
    sandbox.git("merge", "--abort");
    sandbox.tryGit("rebase", "side");
    assertUnfit("is in the middle of a rebase");
    sandbox.git("rebase", "--abort");
    sandbox.tryGit("cherry-pick", "side");
    assertUnfit("is in the middle of a cherry-pick");
    Path state = sandbox.file(".git/CHERRY_PICK_HEAD");
    assertThat(state.toFile().delete()).isTrue();
    assertUnfit("unresolved conflicts, in other.txt first");
  }

  private void conflict(String command) {
    sandbox.git("checkout", "-q", "-b", "side");
    sandbox.write("other.txt", "side\n");
    sandbox.git("commit", "-q", "-am", "side");
    sandbox.git("checkout", "-q", "main");
    sandbox.write("other.txt", "main\n");
    sandbox.git("commit", "-q", "-am", "main");
    sandbox.tryGit(command, "side");
  }

  private void assertUnfit(String reason) {
    assertThatThrownBy(() -> sandbox.open().requireFit())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(reason);
  }

  private static void assertOpenRefused(Path root, String reason) {
    assertThatThrownBy(() -> GitRepository.at(root, Sandbox.CLOCK))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(reason);
  }
}
