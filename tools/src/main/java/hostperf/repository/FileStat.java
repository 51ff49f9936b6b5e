package hostperf.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What git's index remembers of a file, so that it need not read it again. Each value is cut to
/// 32 bits, as the index has it.
record FileStat(Map<String, Object> values) {
  FileStat {
    values = Map.copyOf(values);
  }

  private static final long NANOS = 1_000_000_000;

  // All of them would look up the names of owner and group for each file.
  private static final String ATTRIBUTES = "unix:ctime,lastModifiedTime,dev,ino,uid,gid,size";

  /// Matches no file, so that git looks at the file itself.
  static final FileStat UNKNOWN = new FileStat(Map.of());

  static FileStat of(Path file) {
    try {
      return new FileStat(Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int ctimeSeconds() {
    return seconds("ctime");
  }

  int ctimeNanos() {
    return nanos("ctime");
  }

  int mtimeSeconds() {
    return seconds("lastModifiedTime");
  }

  int mtimeNanos() {
    return nanos("lastModifiedTime");
  }

  int device() {
    return number("dev");
  }

  int inode() {
    return number("ino");
  }

  int user() {
    return number("uid");
  }

  int group() {
    return number("gid");
  }

  int size() {
    return number("size");
  }

  private int number(String name) {
    return values.get(name) instanceof Number n ? (int) n.longValue() : 0;
  }

  private int seconds(String name) {
    return (int) Math.floorDiv(nanosSinceEpoch(name), NANOS);
  }

  private int nanos(String name) {
    return (int) Math.floorMod(nanosSinceEpoch(name), NANOS);
  }

  private long nanosSinceEpoch(String name) {
    return values.get(name) instanceof FileTime t ? t.to(TimeUnit.NANOSECONDS) : 0;
  }
}
