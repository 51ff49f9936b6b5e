package hostperf.repository;

import hostperf.patch.FileChange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A checkout in which a run has its branch.
abstract class RunsBranch {
  static final FileChange A = new FileChange("pkg/a.py", "one\ntwo\nthree\n", "one\nTWO\nthree\n");

  static final FileChange B =
      new FileChange(
          "pkg/b.py", "#!/usr/bin/env python3\nb = 1\n", "#!/usr/bin/env python3\nb = 2\n");

  static final String BRANCH = "hostperf/run-1";

  @TempDir Path folder;
  Sandbox sandbox;

  String base;

  @BeforeEach
  void create() {
    sandbox = Sandbox.create(folder.resolve("checkout"));
    base = sandbox.git("rev-parse", "HEAD");
  }

  String advance(FileChange... changes) {
    Repository repository = sandbox.open();
    String commit = repository.prepareCommit(List.of(changes), "round");
    repository.perform(repository.advance(BRANCH, commit));
    return commit;
  }

  void rollback(String from, String to, String keep) {
    Repository repository = sandbox.open();
    repository.perform(repository.rollback(BRANCH, from, to, keep));
  }
}
