package hostperf.seal;

import hostperf.Refusal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// This user's secret: 32 random bytes in a file that only the user may read. Who has it can write
/// what hostperf believes, so a file that others can read or change is refused, never mended.
public final class UserKey {
  private static final int BYTES = 32;

  private final Path folder;
  private final Path file;

  UserKey(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("key");
  }

  public Path file() {
    return file;
  }

  /// Empty where none has been made: then nothing was ever sealed.
  public Optional<byte[]> find() {
    if (!Ours.exists(file)) {
      return Optional.empty();
    }
    requireSafe();
    return PrivateFiles.read(file).map(this::whole);
  }

  byte[] orMade() {
    var known = find();
    return known.isPresent() ? known.get() : made();
  }

  /// Of two processes that make it at once the first wins, and both get that one.
  private byte[] made() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    PrivateFiles.close(PrivateFiles.folder(folder));
    try (var draft = PrivateFiles.draft(file, bytes)) {
      boolean _ = draft.keepIfFirst();
    }
    PrivateFiles.sync(folder);
    return find().orElseThrow();
  }

  private void requireSafe() {
    if (Files.isSymbolicLink(file)) {
      throw refused("is a symbolic link");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("is not a regular file");
    }
    if (!Ours.owns(file)) {
      throw refused("belongs to another user");
    }
    if (!Ours.isReadByUsAlone(file)) {
      throw refused("can be read or written by other users");
    }
    if (!Ours.isWrittenByUsAlone(folder)) {
      throw refused("lies in a folder that other users can change");
    }
  }

  private byte[] whole(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw refused("is damaged: it has %d bytes, not %d".formatted(bytes.length, BYTES));
    }
    return bytes;
  }

  private Refusal refused(String why) {
    return new Refusal(
        "hostperf's key %s %s, so nothing that it sealed can be trusted.".formatted(file, why),
        "Find out who changed it. `rm -r %s` makes room for a new key; earlier runs are then no longer trusted."
            .formatted(folder));
  }
}
