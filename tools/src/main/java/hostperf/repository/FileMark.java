package hostperf.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One file as it lies there.
///
/// @param content git's id of its bytes; empty where only the identity is looked at
/// @param identity size, times, number and mode as the file system has them. The time of the last
///     change cannot be set back by a program, so a file that was replaced and put back differs
public record FileMark(String content, String identity) {
  private static final String ATTRIBUTES = "unix:size,lastModifiedTime,ctime,ino,mode";

  // What is bigger is data; its size and time of change stand for its content.
  private static final long BIGGEST_READ = 64 << 20;

  /// With its content; nothing where no file is.
  static Optional<FileMark> read(Path file) {
    try {
      var identity = identity(file);
      if (Files.isSymbolicLink(file)) {
        var target = Files.readSymbolicLink(file).toString();
        return Optional.of(
            new FileMark(Objects.idOf(target.getBytes(StandardCharsets.UTF_8)), identity));
      }
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      var content =
          Files.size(file) > BIGGEST_READ ? identity : Objects.idOf(Files.readAllBytes(file));
      return Optional.of(new FileMark(content, identity));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Without its content.
  static Optional<FileMark> seen(Path file) {
    try {
      return Optional.of(new FileMark("", identity(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String identity(Path file) throws IOException {
    var values = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return "%s %d %d %s %s"
        .formatted(
            values.get("size"),
            nanos(values, "lastModifiedTime"),
            nanos(values, "ctime"),
            values.get("ino"),
            values.get("mode"));
  }

  private static long nanos(Map<String, Object> values, String name) {
    return values.get(name) instanceof FileTime t ? t.to(TimeUnit.NANOSECONDS) : 0;
  }
}
