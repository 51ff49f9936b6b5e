package hostperf.server.autopilot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// What has been tried in a run, in a file of its folder, so that a run that was interrupted does
/// not begin over.
final class Notebook {
  private final Path file;
  private final Set<String> tried;

  /// @param file one line for each: `done` and a hotspot, or `tried` and a hotspot with a pattern
  Notebook(Path file) {
    this.file = file;
    this.tried = new HashSet<>(lines(file));
  }

  boolean isDone(Target target) {
    return tried.contains(doneLine(target));
  }

  void done(Target target) {
    add(doneLine(target));
  }

  boolean isTried(Target target, Suggestion option) {
    return tried.contains(triedLine(target, option));
  }

  void tried(Target target, Suggestion option) {
    add(triedLine(target, option));
  }

  private void add(String line) {
    if (!tried.add(line)) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not note what was tried", e);
    }
  }

  private static String doneLine(Target target) {
    return "done " + target.key();
  }

  private static String triedLine(Target target, Suggestion option) {
    return "tried %s|%s".formatted(target.key(), option.pattern());
  }

  private static Set<String> lines(Path file) {
    try {
      return Set.copyOf(Files.readAllLines(file));
    } catch (NoSuchFileException _) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read what was tried", e);
    }
  }
}
