package hostperf.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/// A program that applies and rolls back a patch for ever, each time writing its intent first,
/// and that dies in the middle of it, at a moment which the seed decides.
final class EndlessRounds {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EndlessRounds() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Path journal = Path.of(arguments[1]);
    int milliseconds = new SplittableRandom(Long.parseLong(arguments[2])).nextInt(10, 250);
    Repository repository = GitRepository.at(root, Sandbox.CLOCK);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              sleep(milliseconds);
              Runtime.getRuntime().halt(137);
            });
    String base = repository.head();
    while (true) {
      String commit = repository.prepareCommit(List.of(RunsBranch.A, RunsBranch.B), "round");
      perform(repository, repository.advance(RunsBranch.BRANCH, commit), journal);
      String keep = "refs/hostperf/run-1/" + System.identityHashCode(commit);
      perform(repository, repository.rollback(RunsBranch.BRANCH, commit, base, keep), journal);
    }
  }

  static Intent read(Path journal) throws IOException {
    return JSON.readValue(Files.readString(journal), Intent.class);
  }

  private static void perform(Repository repository, Intent intent, Path journal)
      throws IOException {
    Path next = journal.resolveSibling("next");
    Files.writeString(next, JSON.writeValueAsString(intent));
    Files.move(next, journal, StandardCopyOption.ATOMIC_MOVE);
    repository.perform(intent);
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
