package hostperf.repository;

import hostperf.repository.Intent.HeadMove;
import hostperf.repository.Intent.RefMove;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;

/// The lines that git's own commands would leave in the reflogs, so that `git reflog` shows every
/// move and the user can go back to any state.
record Reflog(CheckoutPaths checkout, Config config, Committer committer) {
  private static final String BRANCHES = "refs/heads/";

  void write(Intent intent, List<RefMove> moved) {
    if (!config.getBoolean("core", "logAllRefUpdates", true)) {
      return;
    }
    var refs = new Refs(checkout);
    for (RefMove move : moved) {
      if (move.name().startsWith(BRANCHES) && move.to().isPresent()) {
        write(refs.logOf(move.name()), move.from(), move.to(), move.note());
        writeHead(intent, move);
      }
    }
    intent
        .head()
        .filter(h -> moved.isEmpty() && !h.before().equals(h.after()))
        .ifPresent(this::writeSwitch);
  }

  private void writeHead(Intent intent, RefMove move) {
    var refs = new Refs(checkout);
    if (intent.head().filter(h -> h.after().equals(move.name())).isPresent()) {
      Optional<String> from = move.from().or(() -> intent.head().flatMap(h -> commit(h.before())));
      write(refs.headLog(), from, move.to(), move.note());
    }
  }

  private void writeSwitch(HeadMove move) {
    write(
        new Refs(checkout).headLog(),
        commit(move.before()),
        commit(move.after()),
        "checkout: moving from %s to %s".formatted(shown(move.before()), shown(move.after())));
  }

  private Optional<String> commit(String headName) {
    return Refs.isBranch(headName) ? new Refs(checkout).commit(headName) : Optional.of(headName);
  }

  private static String shown(String headName) {
    return headName.startsWith(BRANCHES) ? headName.substring(BRANCHES.length()) : headName;
  }

  private void write(Path log, Optional<String> from, Optional<String> to, String note) {
    String line =
        "%s %s %s\t%s\n"
            .formatted(
                from.orElse(Refs.NONE),
                to.orElse(Refs.NONE),
                committer.now().toExternalString(),
                note);
    new Refs(checkout).log(log, line);
  }
}
