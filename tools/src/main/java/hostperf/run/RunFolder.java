package hostperf.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The files of one run, below `.hostperf/<run id>/` of the checkout.
public record RunFolder(Path path) {
  public Path journal() {
    return path.resolve("journal.jsonl");
  }

  public Path profiles() {
    return path.resolve("profiles");
  }

  public Path samples() {
    return path.resolve("samples");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  public Path approvals() {
    return path.resolve("approvals");
  }

  /// A file of the run by its path relative to this folder.
  public Path file(String relative) {
    return path.resolve(relative);
  }

  /// Writes a file so that a reader sees the old content or the new, never half of it.
  public Path write(String relative, String content) {
    var file = path.resolve(relative);
    try {
      Files.createDirectories(file.getParent());
      var draft = Files.createTempFile(file.getParent(), ".draft", "");
      Files.write(draft, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.DSYNC);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + relative, e);
    }
  }

  public String read(String relative) {
    try {
      return Files.readString(path.resolve(relative));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + relative, e);
    }
  }
}
