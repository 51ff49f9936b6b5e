package hostperf.host;

import hostperf.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the file system would not do, as a sentence with a next step. The JDK says it in the names
/// of classes, or with a bare path.
public final class FileTrouble {
  private FileTrouble() {}

  /// What to tell the caller, where that is what lies behind the failure.
  public static Optional<Refusal> behind(Throwable failure) {
    var full = FullDisk.behind(failure);
    if (full.isPresent()) {
      return full;
    }
    for (var cause = Optional.of(failure);
        cause.isPresent();
        cause = Optional.ofNullable(cause.get().getCause())) {
      var words = words(cause.get());
      if (words.isPresent()) {
        return Optional.of(new Refusal(words.get().why(), words.get().next(), failure));
      }
    }
    return Optional.empty();
  }

  private record Words(String why, String next) {}

  private static Optional<Words> words(Throwable cause) {
    return switch (cause) {
      case NoSuchFileException e ->
          words("There is no file or folder '%s'.".formatted(e.getFile()), "Check the path.");
      case AccessDeniedException e ->
          words(
              "This user (%s) may not read or write '%s'."
                  .formatted(System.getProperty("user.name", "unknown"), e.getFile()),
              "Change its permissions, or run hostperf as the user who owns it.");
      case NotDirectoryException e ->
          words("'%s' is not a folder.".formatted(e.getFile()), "Name a folder, or move it away.");
      case FileAlreadyExistsException e ->
          words(
              "'%s' exists already and is in the way.".formatted(e.getFile()),
              "Move it away, or name another place.");
      case FileSystemException e ->
          words(
              "'%s' cannot be used: %s.".formatted(e.getFile(), lower(e.getReason())),
              "Check the path and where it is mounted.");
      case FileNotFoundException e ->
          words("A file cannot be opened: %s.".formatted(e.getMessage()), "Check the path.");
      case CharacterCodingException _ ->
          words("The file is not UTF-8 text.", "Convert it, for example with `iconv -t UTF-8`.");
      case InvalidPathException e ->
          words("'%s' is not a path.".formatted(e.getInput()), "Name another one.");
      case IOException e when "Is a directory".equals(e.getMessage()) ->
          words("A folder is where a file is expected.", "Name a file, or move the folder away.");
      default -> Optional.empty();
    };
  }

  private static Optional<Words> words(String why, String next) {
    return Optional.of(new Words(why, next));
  }

  private static String lower(@Nullable String reason) {
    return reason == null || reason.isEmpty()
        ? "the system gives no reason"
        : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
