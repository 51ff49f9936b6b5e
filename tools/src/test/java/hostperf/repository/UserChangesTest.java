package hostperf.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the user has changed, staged, committed or locked stays the user's.
class UserChangesTest extends RunsBranch {
  @Test
  void leavesStagedChangesUntrackedFilesAndOtherEntriesAlone() {
    sandbox.write("other.txt", "staged\n");
    sandbox.git("add", "other.txt");
    sandbox.write("other.txt", "and more\n");
    sandbox.write("untracked.txt", "mine\n");
    String status = sandbox.git("status", "--porcelain");
    String commit = advance(A);
    assertThat(sandbox.git("status", "--porcelain")).isEqualTo(status);
    assertThat(sandbox.git("show", "--format=", "--name-only", commit)).isEqualTo("pkg/a.py");
    rollback(commit, base, "refs/hostperf/run-1/1");
    assertThat(sandbox.git("status", "--porcelain")).isEqualTo(status);
    assertThat(sandbox.read("other.txt")).isEqualTo("and more\n");
  }

  @Test
  void refusesADirtyFileWithItsNameAndTheWayOut() {
    sandbox.write("pkg/a.py", "mine\n");
    Repository repository = sandbox.open();
    String commit = repository.prepareCommit(List.of(A), "x");
    assertThatThrownBy(() -> repository.advance(BRANCH, commit))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("pkg/a.py has uncommitted changes")
        .extracting(e -> ((Refusal) e).next())
        .asString()
        .contains("from_worktree");
    assertThat(sandbox.read("pkg/a.py")).isEqualTo("mine\n");
  }

  @Test
  void saysOfADirtyFileWhatItIs() throws Exception {
    sandbox.write("pkg/a.py", "staged\n");
    sandbox.git("add", "pkg/a.py");
    sandbox.write("pkg/a.py", "one\ntwo\nthree\n");
    sandbox.write("other.txt", "other\r\n");
    Files.delete(sandbox.file("tests/test_a.py"));
    assertThat(
            sandbox
                .open()
                .dirty(List.of("pkg/a.py", "other.txt", "tests/test_a.py", "no", "pkg/b.py")))
        .extracting(d -> d.path() + " " + d.reason())
        .containsExactly(
            "pkg/a.py has staged changes that are not in HEAD",
            "other.txt has other line ends than git stores (core.autocrlf or an eol attribute)",
            "tests/test_a.py is missing in the work tree, or is reached through a symbolic link",
            "no is not a tracked file of HEAD");
  }

  @Test
  void aFileThatAFilterConvertsIsToldAsSuch() {
    sandbox.git("config", "filter.up.clean", "tr A-Z a-z");
    sandbox.git("config", "filter.up.smudge", "tr a-z A-Z");
    sandbox.write(".git/info/attributes", "other.txt filter=up\n");
    sandbox.write("other.txt", "OTHER\n");
    sandbox.git("add", "other.txt");
    assertThat(sandbox.open().dirty(List.of("other.txt")).getFirst().reason())
        .contains("converted by a filter");
  }

  @Test
  void adoptsTheUsersOwnChange() {
    sandbox.write("pkg/a.py", A.after());
    sandbox.write("other.txt", "not for us\n");
    Repository repository = sandbox.open();
    Uncommitted uncommitted = repository.uncommitted(p -> p.startsWith("pkg/"));
    assertThat(uncommitted.changes()).containsExactly(A);
    String commit = repository.prepareCommit(uncommitted.changes(), "mine");
    repository.perform(repository.advance(BRANCH, commit));
    assertThat(sandbox.git("status", "--porcelain")).isEqualTo("M other.txt");
    rollback(commit, base, "refs/hostperf/run-1/1");
    assertThat(sandbox.read("pkg/a.py")).isEqualTo(A.before());
  }

  @Test
  void aStagedChangeCanBeAdoptedToo() {
    sandbox.write("pkg/a.py", A.after());
    sandbox.git("add", "pkg/a.py");
    Repository repository = sandbox.open();
    var changes = repository.uncommitted(_ -> true).changes();
    repository.perform(repository.advance(BRANCH, repository.prepareCommit(changes, "mine")));
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void whatCannotBeAdoptedIsNamed() throws Exception {
    sandbox.write("pkg/a.py", "staged\n");
    sandbox.git("add", "pkg/a.py");
    sandbox.write("pkg/a.py", "then changed\n");
    Files.delete(sandbox.file("pkg/b.py"));
    Files.write(sandbox.file("other.txt"), new byte[] {0, 1, 2});
    sandbox.write("pkg/new.py", "new\n");
    sandbox.git("add", "pkg/new.py");
    assertThat(sandbox.open().uncommitted(_ -> true).leftOut())
        .extracting(d -> d.path() + " " + d.reason())
        .containsExactly(
            "other.txt is not UTF-8 text",
            "pkg/a.py is partly staged; stage all of it or nothing",
            "pkg/b.py is deleted or reached through a symbolic link",
            "pkg/new.py is new; only tracked files of HEAD can be adopted");
  }

  @Test
  void refusesWhatHappenedBetweenPlanAndPerformance() {
    Repository repository = sandbox.open();
    Intent intent = repository.advance(BRANCH, repository.prepareCommit(List.of(A), "x"));
    sandbox.write("pkg/a.py", "late\n");
    assertThatThrownBy(() -> repository.perform(intent))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("pkg/a.py has been changed");
    assertThat(sandbox.git("branch", "--list", BRANCH)).isEmpty();
    sandbox.assertHealthy();
  }

  @Test
  void waitsForAndThenNamesALockThatIsHeld() {
    sandbox.write(".git/index.lock", "");
    Repository repository = sandbox.open();
    Intent intent = repository.advance(BRANCH, repository.prepareCommit(List.of(A), "x"));
    assertThatThrownBy(() -> repository.perform(intent))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("index.lock is held by another git process");
    assertThat(sandbox.file(".git/index.lock")).exists();
    assertThat(sandbox.read("pkg/a.py")).isEqualTo(A.before());
  }

  @Test
  void dropsNoCommitOfTheUser() {
    String commit = advance(A);
    sandbox.assertUserCanCommit();
    assertThatThrownBy(() -> rollback(commit, base, "refs/hostperf/run-1/1"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("somebody else has committed there");
  }

  @Test
  void refusesToRollBackOverTheUsersEdits() {
    String commit = advance(A);
    sandbox.write("pkg/a.py", "edited\n");
    assertThatThrownBy(() -> rollback(commit, base, "refs/hostperf/run-1/1"))
        .hasMessageContaining("pkg/a.py has uncommitted changes");
    assertThat(sandbox.read("pkg/a.py")).isEqualTo("edited\n");
  }

  @Test
  void refusesToFinishOntoABranchThatHasMoved() {
    String commit = advance(A);
    sandbox.git("branch", "-f", "main", commit);
    Repository repository = sandbox.open();
    assertThatThrownBy(() -> repository.finish(BRANCH, commit, "refs/heads/main", base))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("main is on " + commit);
  }
}
