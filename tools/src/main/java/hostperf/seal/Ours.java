package hostperf.seal;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Whose a file is, and who else may write or read it. Where the file system knows no owners and
/// no permissions, there is nothing to say against any file.
public final class Ours {
  private static final int WRITTEN_BY_OTHERS = 0022;
  private static final int USED_BY_OTHERS = 0077;

  private Ours() {}

  /// Whether it is there, also as a link that leads nowhere.
  public static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Belongs to this user; a link is judged itself, not what it leads to.
  public static boolean owns(Path file) {
    return attribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
        .map(uid -> uid == new UnixSystem().getUid())
        .orElse(true);
  }

  /// Belongs to this user, who alone may write it; a link counts as what it leads to.
  public static boolean isWrittenByUsAlone(Path file) {
    boolean isMine =
        attribute(file, "unix:uid").map(uid -> uid == new UnixSystem().getUid()).orElse(true);
    return isMine && hasNone(file, WRITTEN_BY_OTHERS);
  }

  static boolean isReadByUsAlone(Path file) {
    return hasNone(file, USED_BY_OTHERS);
  }

  private static boolean hasNone(Path file, int bits) {
    return attribute(file, "unix:mode").map(mode -> (mode & bits) == 0).orElse(true);
  }

  private static Optional<Long> attribute(Path file, String name, LinkOption... links) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Optional.empty();
    }
    try {
      return Optional.of(((Number) Files.getAttribute(file, name, links)).longValue());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
