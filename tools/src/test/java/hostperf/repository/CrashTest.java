package hostperf.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.repository.Recovered.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A crash is made by a thread that stops for good at some step: nothing is unwound, no lock given
/// back, and the disk stays as a kill would leave it. Real kills are in `KillTest`.
class CrashTest {
  private static final String BRANCH = RunsBranch.BRANCH;
  private static final String KEEP = "refs/hostperf/run-1/1";

  @TempDir Path folder;
  private Sandbox base;
  private Sandbox advanced;
  private String commit = "";
  private String baseCommit = "";

  @BeforeEach
  void create() {
    base = Sandbox.create(folder.resolve("base"));
    baseCommit = base.open().head();
    advanced = copy(base, "advanced");
    Repository repository = advanced.open();
    commit = repository.prepareCommit(List.of(RunsBranch.A, RunsBranch.B), "round 1");
    repository.perform(repository.advance(BRANCH, commit));
  }

  @Test
  void anAdvanceIsFinishedFromWhereverItCrashed() {
    int steps =
        crashAtEveryStep(
            unadvanced(),
            r -> r.advance(BRANCH, commit),
            crashed -> {
              assertThat(crashed.snapshot()).isEqualTo(advanced.snapshot());
              assertThat(crashed.open().headName()).isEqualTo("refs/heads/" + BRANCH);
              assertThat(crashed.open().head()).isEqualTo(commit);
            });
    assertThat(steps).isGreaterThan(8);
  }

  @Test
  void aRollbackIsFinishedFromWhereverItCrashed() {
    int steps =
        crashAtEveryStep(
            advanced,
            r -> r.rollback(BRANCH, commit, baseCommit, KEEP),
            crashed -> {
              assertThat(crashed.snapshot()).isEqualTo(base.snapshot());
              assertThat(crashed.git("rev-parse", "HEAD", KEEP))
                  .isEqualTo(baseCommit + "\n" + commit);
            });
    assertThat(steps).isGreaterThan(8);
  }

  @Test
  void leavingTheBranchIsFinishedFromWhereverItCrashed() {
    int steps =
        crashAtEveryStep(
            advanced,
            r -> r.finish(BRANCH, commit, "refs/heads/main", baseCommit),
            crashed -> {
              assertThat(crashed.snapshot()).isEqualTo(base.snapshot());
              assertThat(crashed.open().headName()).isEqualTo("refs/heads/main");
            });
    assertThat(steps).isGreaterThan(8);
  }

  @Test
  void aSwapIsUndoneFromWhereverItCrashed() {
    int steps =
        crashAtEveryStep(
            advanced,
            r -> r.swapIn(baseCommit, List.of("pkg/a.py", "pkg/b.py")),
            crashed -> assertThat(crashed.snapshot()).isEqualTo(advanced.snapshot()));
    assertThat(steps).isGreaterThan(5);
  }

  @Test
  void aFullDiskAtAnyStepLeavesThingsAsTheyWere() {
    Sandbox start = unadvanced();
    Map<String, String> before = start.snapshot();
    for (int step = 3; step <= 5; step++) {
      Sandbox sandbox = copy(start, "full" + step);
      GitRepository repository = stoppingAt(sandbox, step, CrashTest::diskIsFull);
      Intent intent = repository.advance(BRANCH, commit);
      assertThatThrownBy(() -> repository.perform(intent)).isInstanceOf(UncheckedIOException.class);
      assertThat(sandbox.snapshot()).isEqualTo(before);
      assertThat(sandbox.git("branch", "--list", "hostperf/*")).isEmpty();
      sandbox.assertHealthy();
    }
  }

  @Test
  void aFailureAmidTheRenamesIsTakenBack() {
    Sandbox start = unadvanced();
    for (int step = 6; step <= 9; step++) {
      Sandbox sandbox = copy(start, "failed" + step);
      GitRepository repository = stoppingAt(sandbox, step, CrashTest::diskIsFull);
      Intent intent = repository.advance(BRANCH, commit);
      assertThatThrownBy(() -> repository.perform(intent)).isInstanceOf(UncheckedIOException.class);
      assertThat(sandbox.snapshot()).isEqualTo(start.snapshot());
      assertThat(sandbox.git("status", "--porcelain", "--branch")).isEqualTo("## main");
      assertThat(sandbox.git("for-each-ref", "refs/heads/hostperf")).isEmpty();
      sandbox.assertHealthy();
    }
  }

  @Test
  void aFileThatTheUserHasChangedSinceIsLeftAloneAndTheRestGoesBack() {
    Sandbox sandbox = unadvanced();
    Intent intent = crashAt(sandbox, 7, r -> r.advance(BRANCH, commit));
    sandbox.write("pkg/b.py", "mine\n");
    Recovered recovered = sandbox.open().recover(intent, List.of(baseCommit));
    assertThat(recovered.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(recovered.leftAlone()).containsExactly("pkg/b.py has been changed");
    assertThat(sandbox.read("pkg/a.py")).isEqualTo(RunsBranch.A.before());
    assertThat(sandbox.read("pkg/b.py")).isEqualTo("mine\n");
    assertThat(sandbox.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    sandbox.assertHealthy();
  }

  @Test
  void aMoveThatWasDoneStaysDoneThoughTheUserWentOn() {
    Sandbox sandbox = copy(base, "done");
    Repository repository = sandbox.open();
    String own = repository.prepareCommit(List.of(RunsBranch.A), "round 1");
    Intent intent = repository.advance(BRANCH, own);
    repository.perform(intent);
    sandbox.write("pkg/a.py", "later\n");
    sandbox.assertUserCanCommit();
    Recovered recovered = sandbox.open().recover(intent, List.of(baseCommit));
    assertThat(recovered.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(sandbox.read("pkg/a.py")).isEqualTo("later\n");
  }

  @Test
  void aLockOfAnotherGitIsNeverTakenAway() {
    Sandbox sandbox = unadvanced();
    Intent intent = crashAt(sandbox, 1, r -> r.advance(BRANCH, commit));
    sandbox.write(".git/index.lock", "");
    assertThatThrownBy(() -> sandbox.open().recover(intent, List.of(baseCommit)))
        .hasMessageContaining("index.lock is held by another git process");
    assertThat(sandbox.file(".git/index.lock")).exists();
  }

  /// The base, with the commit in its objects.
  private Sandbox unadvanced() {
    Sandbox sandbox = copy(base, "unadvanced");
    Repository repository = sandbox.open();
    commit = repository.prepareCommit(List.of(RunsBranch.A, RunsBranch.B), "round 1");
    return sandbox;
  }

  private int crashAtEveryStep(
      Sandbox start, Function<Repository, Intent> plan, Consumer<Sandbox> expected) {
    int step = 1;
    while (true) {
      Sandbox sandbox = copy(start, "crash" + step);
      var reached = new AtomicInteger();
      Intent intent = crashAt(sandbox, step, reached, plan);
      if (reached.get() < step) {
        return step - 1;
      }
      Recovered recovered = sandbox.open().recover(intent, List.of(baseCommit));
      assertThat(recovered.leftAlone()).isEmpty();
      expected.accept(sandbox);
      sandbox.assertWhole();
      assertThat(sandbox.open().recover(intent, List.of(baseCommit)).outcome())
          .isEqualTo(recovered.outcome());
      step++;
    }
  }

  private static Intent crashAt(Sandbox sandbox, int step, Function<Repository, Intent> plan) {
    return crashAt(sandbox, step, new AtomicInteger(), plan);
  }

  private static Intent crashAt(
      Sandbox sandbox, int step, AtomicInteger reached, Function<Repository, Intent> plan) {
    var stopped = new CountDownLatch(1);
    Consumer<String> stopForGood =
        _ -> {
          if (reached.incrementAndGet() == step) {
            stopped.countDown();
            awaitForever();
          }
        };
    var repository =
        new GitRepository(CheckoutPaths.at(sandbox.root()), Sandbox.CLOCK, stopForGood);
    Intent intent = plan.apply(repository);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              repository.perform(intent);
              stopped.countDown();
            });
    await(stopped);
    return intent;
  }

  private static GitRepository stoppingAt(Sandbox sandbox, int step, Consumer<String> fault) {
    var reached = new AtomicInteger();
    return new GitRepository(
        CheckoutPaths.at(sandbox.root()),
        Sandbox.CLOCK,
        name -> {
          if (reached.incrementAndGet() == step) {
            fault.accept(name);
          }
        });
  }

  private static void diskIsFull(String step) {
    throw new UncheckedIOException(new IOException("No space left on device, at " + step));
  }

  private static void awaitForever() {
    await(new CountDownLatch(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Sandbox copy(Sandbox from, String name) {
    Path to = folder.resolve(name);
    try (var files = Files.walk(from.root())) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.root().relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Sandbox(to);
  }
}
