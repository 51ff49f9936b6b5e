package hostperf.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.patch.Tree.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What hostperf does in a repository is what git would have done.
class GitRepositoryTest extends RunsBranch {
  @Test
  void readsHeadBranchAndFiles() {
    Repository repository = sandbox.open();
    assertThat(repository.head()).isEqualTo(base);
    assertThat(repository.headName()).isEqualTo("refs/heads/main");
    assertThat(repository.content(base, "pkg/a.py")).contains("one\ntwo\nthree\n");
    assertThat(repository.tree(base).at("PKG/a.py"))
        .isEqualTo(new Entry.Absent(Optional.of("pkg/a.py")));
    assertThat(repository.tracked())
        .containsExactly("other.txt", "pkg/a.py", "pkg/b.py", "tests/test_a.py");
  }

  @Test
  void aPreparedCommitIsGitsOwnAndChangesNothingThatShows() {
    Map<String, String> before = sandbox.snapshot();
    String commit = sandbox.open().prepareCommit(List.of(A, B), "Say it louder");
    assertThat(sandbox.git("show", "--stat", "--format=%an %ae %s", commit))
        .contains("Ada ada@example.org Say it louder", "2 files changed");
    assertThat(sandbox.git("ls-tree", commit, "pkg/b.py")).startsWith("100755");
    assertThat(sandbox.git("rev-parse", "HEAD")).isEqualTo(base);
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();
    assertThat(sandbox.snapshot()).isEqualTo(before);
  }

  @Test
  void advancingCreatesTheBranchAndPutsHeadOnIt() {
    String commit = advance(A);
    assertThat(sandbox.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/" + BRANCH);
    assertThat(sandbox.git("rev-parse", "HEAD")).isEqualTo(commit);
    assertThat(sandbox.read("pkg/a.py")).isEqualTo(A.after());
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();
    assertThat(sandbox.git("rev-parse", "main")).isEqualTo(base);
    assertThat(sandbox.git("reflog", "-1", "--format=%gs")).isEqualTo("hostperf: apply_patch");
    sandbox.assertHealthy();
    sandbox.assertUserCanCommit();
  }

  @Test
  void theIndexIsSoExactThatGitNeedsNotReadTheFileAgain() {
    advance(A);
    // Plumbing that compares by stat alone: a stale entry would show here.
    assertThat(sandbox.git("diff-files")).isEmpty();
  }

  @Test
  void aSecondRoundGoesOnTopOfTheFirst() {
    String first = advance(A);
    String second = advance(B);
    assertThat(sandbox.git("rev-parse", "HEAD^")).isEqualTo(first);
    assertThat(sandbox.git("rev-parse", BRANCH)).isEqualTo(second);
    assertThat(Files.isExecutable(sandbox.file("pkg/b.py"))).isTrue();
  }

  @Test
  void rollingBackRestoresEveryByteAndKeepsTheCommit() {
    Map<String, String> before = sandbox.snapshot();
    String commit = advance(A, B);
    rollback(commit, base, "refs/hostperf/run-1/1");
    assertThat(sandbox.snapshot()).isEqualTo(before);
    assertThat(sandbox.git("rev-parse", BRANCH, "refs/hostperf/run-1/1"))
        .isEqualTo(base + "\n" + commit);
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();
    sandbox.assertHealthy();
  }

  @Test
  void finishingReturnsToTheOriginalBranchAndLeavesTheRunsBranch() {
    Map<String, String> before = sandbox.snapshot();
    String commit = advance(A);
    Repository repository = sandbox.open();
    repository.perform(repository.finish(BRANCH, commit, "refs/heads/main", base));
    assertThat(sandbox.snapshot()).isEqualTo(before);
    assertThat(sandbox.git("symbolic-ref", "--short", "HEAD")).isEqualTo("main");
    assertThat(sandbox.git("rev-parse", BRANCH)).isEqualTo(commit);
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();
    assertThat(sandbox.git("reflog", "-1", "--format=%gs"))
        .isEqualTo("checkout: moving from " + BRANCH + " to main");
    sandbox.assertHealthy();
  }

  @Test
  void worksFromADetachedHead() {
    sandbox.git("checkout", "-q", "--detach");
    String commit = advance(A);
    Repository repository = sandbox.open();
    repository.perform(repository.finish(BRANCH, commit, base, base));
    assertThat(sandbox.git("rev-parse", "--symbolic-full-name", "HEAD")).isEqualTo("HEAD");
    assertThat(sandbox.git("rev-parse", "HEAD")).isEqualTo(base);
  }

  @Test
  void worksInALinkedWorktree() {
    sandbox.git("worktree", "add", "-q", "-b", "side", "../side");
    Sandbox side = new Sandbox(folder.resolve("side"));
    Repository repository = side.open();
    String commit = repository.prepareCommit(List.of(A), "side");
    repository.perform(repository.advance(BRANCH, commit));
    assertThat(side.git("status", "--porcelain", "--branch")).isEqualTo("## " + BRANCH);
    assertThat(sandbox.git("status", "--porcelain", "--branch")).isEqualTo("## main");
    repository.perform(repository.rollback(BRANCH, commit, base, "refs/hostperf/run-1/1"));
    assertThat(side.git("status", "--porcelain")).isEmpty();
    side.assertHealthy();
  }

  @Test
  void worksInASubmodule() {
    sandbox.git("init", "-q", "-b", "main", "../super");
    Sandbox outer = new Sandbox(folder.resolve("super"));
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../checkout", "sub");
    Sandbox sub = new Sandbox(folder.resolve("super/sub"));
    Repository repository = sub.open();
    repository.requireFit();
    repository.perform(
        repository.advance(BRANCH, repository.prepareCommit(List.of(A), "in a submodule")));
    assertThat(sub.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void runsNoHookNoFilterAndNoSigning() throws Exception {
    Path marker = folder.resolve("marker");
    String script = "#!/bin/sh\necho ran >>" + marker + "\ncat\n";
    for (String hook :
        List.of(
            "pre-commit",
            "post-commit",
            "post-checkout",
            "reference-transaction",
            "post-index-change",
            "commit-msg",
            "prepare-commit-msg")) {
      sandbox.write(".git/hooks/" + hook, script);
      boolean _ = sandbox.file(".git/hooks/" + hook).toFile().setExecutable(true);
    }
    sandbox.write(".git/filter", script);
    boolean _ = sandbox.file(".git/filter").toFile().setExecutable(true);
    sandbox.git("config", "filter.mark.smudge", sandbox.file(".git/filter").toString());
    sandbox.git("config", "filter.mark.clean", sandbox.file(".git/filter").toString());
    sandbox.git("config", "commit.gpgsign", "true");
    sandbox.git("config", "gpg.program", sandbox.file(".git/filter").toString());
    sandbox.write(".git/info/attributes", "*.py filter=mark\n");
    sandbox.git("config", "core.fsmonitor", sandbox.file(".git/filter").toString());

    String commit = advance(A);
    rollback(commit, base, "refs/hostperf/run-1/1");
    String again = advance(B);
    Repository repository = sandbox.open();
    repository.perform(repository.finish(BRANCH, again, "refs/heads/main", base));
    assertThat(marker).doesNotExist();
  }

  @Test
  void swapsContentInAndOutWithoutTouchingIndexOrHead() throws Exception {
    String commit = advance(A);
    Path index = sandbox.file(".git/index");
    byte[] before = Files.readAllBytes(index);
    sandbox.write("pkg/__pycache__/a.cpython-311.pyc", "stale");
    sandbox.write("pkg/__pycache__/ab.cpython-311.pyc", "another's");
    Repository repository = sandbox.open();
    Intent swap = repository.swapIn(base, List.of("pkg/a.py"));
    repository.perform(swap);
    assertThat(sandbox.read("pkg/a.py")).isEqualTo(A.before());
    assertThat(sandbox.file("pkg/__pycache__/a.cpython-311.pyc")).doesNotExist();
    assertThat(sandbox.file("pkg/__pycache__/ab.cpython-311.pyc")).exists();
    repository.perform(swap.inverse());
    assertThat(sandbox.read("pkg/a.py")).isEqualTo(A.after());
    assertThat(Files.readAllBytes(index)).isEqualTo(before);
    assertThat(sandbox.git("rev-parse", "HEAD")).isEqualTo(commit);
  }

  @Test
  void refusesABranchBelowABranch() {
    sandbox.git("branch", "hostperf");
    Repository repository = sandbox.open();
    String commit = repository.prepareCommit(List.of(A), "x");
    assertThatThrownBy(() -> repository.advance(BRANCH, commit))
        .hasMessageContaining("A branch is named hostperf");
  }

  @Test
  void keepsModesAndFindsPackedRefsAndIndexVersionFour() throws Exception {
    Files.setPosixFilePermissions(
        sandbox.file("pkg/a.py"),
        Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    String first = advance(A);
    sandbox.git("pack-refs", "--all", "--prune");
    sandbox.git("update-index", "--index-version", "4");
    advance(B);
    assertThat(sandbox.git("rev-parse", "HEAD^")).isEqualTo(first);
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();
    assertThat(Files.getPosixFilePermissions(sandbox.file("pkg/a.py"))).hasSize(2);
    sandbox.assertHealthy();
  }
}
