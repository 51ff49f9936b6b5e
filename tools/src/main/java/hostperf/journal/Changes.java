package hostperf.journal;

import hostperf.patch.FileChange;
import hostperf.repository.Repository;
import java.util.List;

/// A patch's files before and after, from the repository.
public final class Changes {
  private Changes() {}

  public static List<FileChange> of(Repository repository, Change change) {
    var code = change.code();
    return code.files().stream()
        .map(
            f ->
                new FileChange(
                    f,
                    repository.content(code.checkpoint(), f).orElse(""),
                    repository.content(code.commit(), f).orElse("")))
        .toList();
  }
}
