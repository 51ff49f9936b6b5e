package hostperf.repository;

import hostperf.patch.FileChange;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The user's files compared with a commit, byte by byte: no filter is run, so a file that a
/// filter or a line-end rule converts is told as such.
record WorkTree(CheckoutPaths checkout, Objects objects, CommitTree commit) {
  private static final int REGULAR = 0100000;
  private static final int TYPE = 0170000;

  List<Dirty> dirty(Collection<String> paths) {
    IndexFile index = IndexFile.read(checkout.index());
    var found = new ArrayList<Dirty>();
    for (String path : paths) {
      Optional<String> head = commit.blob(path);
      if (head.isEmpty()) {
        found.add(new Dirty(path, "is not a tracked file of HEAD"));
        continue;
      }
      index
          .entry(path)
          .map(entry -> fault(entry, head.get()))
          .orElse(Optional.of("is taken out of the index"))
          .ifPresent(reason -> found.add(new Dirty(path, reason)));
    }
    return found;
  }

  Uncommitted uncommitted(Predicate<String> paths) {
    IndexFile index = IndexFile.read(checkout.index());
    FileStat indexStat = FileStat.of(checkout.index());
    Map<String, String> head = commit.blobs();
    var found = new Found(new ArrayList<>(), new ArrayList<>());
    for (IndexFile.Entry entry : index.entries()) {
      if ((entry.mode() & TYPE) == REGULAR && paths.test(entry.path())) {
        Optional<String> blob = Optional.ofNullable(head.get(entry.path()));
        boolean isUnchanged =
            blob.filter(b -> b.equals(entry.blob())).isPresent() && isSettled(entry, indexStat);
        if (!isUnchanged) {
          collect(entry, blob, found);
        }
      }
    }
    return new Uncommitted(found.changes(), found.leftOut());
  }

  private record Found(List<FileChange> changes, List<Dirty> leftOut) {}

  /// Does the file's state alone show that it is as the index has it? Not when it was changed in
  /// the second in which the index was written ("racy git", in git's technical docs).
  private boolean isSettled(IndexFile.Entry entry, FileStat indexStat) {
    Path file = checkout.file(entry.path());
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && entry.hasStat(FileStat.of(file))
        && entry.at(8) < indexStat.mtimeSeconds();
  }

  private Optional<String> fault(IndexFile.Entry entry, String head) {
    Optional<byte[]> now = new WorkFiles(checkout).bytes(entry.path());
    if (now.isEmpty()) {
      return Optional.of("is missing in the work tree, or is reached through a symbolic link");
    }
    if (!Objects.idOf(now.get()).equals(head)) {
      return Optional.of(difference(entry, now.get(), head));
    }
    return entry.blob().equals(head)
        ? Optional.empty()
        : Optional.of("has staged changes that are not in HEAD");
  }

  private String difference(IndexFile.Entry entry, byte[] now, String head) {
    if (Arrays.equals(withoutReturns(now), objects.blob(head))) {
      return "has other line ends than git stores (core.autocrlf or an eol attribute)";
    }
    return entry.blob().equals(head) && entry.hasStat(FileStat.of(checkout.file(entry.path())))
        ? "is converted by a filter of .gitattributes, which hostperf does not run"
        : "has uncommitted changes";
  }

  private void collect(IndexFile.Entry entry, Optional<String> head, Found found) {
    String path = entry.path();
    List<Dirty> leftOut = found.leftOut();
    Optional<byte[]> now = new WorkFiles(checkout).bytes(path);
    if (head.isEmpty()) {
      leftOut.add(new Dirty(path, "is new; only tracked files of HEAD can be adopted"));
      return;
    }
    if (now.isEmpty()) {
      leftOut.add(new Dirty(path, "is deleted or reached through a symbolic link"));
      return;
    }
    String blob = Objects.idOf(now.get());
    if (blob.equals(head.get())) {
      return;
    }
    Optional<String> before = CommitTree.decoded(objects.blob(head.get()));
    Optional<String> after = CommitTree.decoded(now.get());
    String reason = difference(entry, now.get(), head.get());
    if (before.isEmpty() || after.isEmpty()) {
      leftOut.add(new Dirty(path, "is not UTF-8 text"));
    } else if (!entry.blob().equals(head.get()) && !entry.blob().equals(blob)) {
      leftOut.add(new Dirty(path, "is partly staged; stage all of it or nothing"));
    } else if (entry.blob().equals(head.get()) && !reason.startsWith("has uncommitted")) {
      leftOut.add(new Dirty(path, reason));
    } else {
      found.changes().add(new FileChange(path, before.get(), after.get()));
    }
  }

  private static byte[] withoutReturns(byte[] bytes) {
    var kept = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean dropped = bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n';
      if (!dropped) {
        kept[length++] = bytes[i];
      }
    }
    return Arrays.copyOf(kept, length);
  }
}
