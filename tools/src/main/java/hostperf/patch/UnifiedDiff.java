package hostperf.patch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.util.QuotedString;

/// A unified diff, read: for each file the hunks to be applied.
///
/// It only holds changes of lines in existing text files; `DiffParser` refuses everything else
/// that a diff can say.
public record UnifiedDiff(List<FileDiff> files) {
  public UnifiedDiff {
    files = List.copyOf(files);
  }

  public record FileDiff(String path, List<Hunk> hunks) {
    public FileDiff {
      hunks = List.copyOf(hunks);
    }
  }

  /// @param number of the header's line within the diff, from 1
  /// @param header the `@@` line
  /// @param start index of the first old line, from 0; where the hunk only adds, the index it
  ///     adds at
  public record Hunk(int number, String header, int start, List<Line> lines) {
    public Hunk {
      lines = List.copyOf(lines);
    }

    /// The lines that must stand in the file.
    List<String> old() {
      return lines.stream().filter(l -> l.kind() != Kind.ADDED).map(Line::text).toList();
    }
  }

  /// @param text with its line end, unless the diff says that there is none
  public record Line(Kind kind, String text) {}

  public enum Kind {
    KEPT,
    ADDED,
    REMOVED
  }

  /// Reads git's or a plain one; one that cannot be read whole is refused.
  public static UnifiedDiff read(String text) {
    return DiffParser.parse(text);
  }

  /// Changes as `git diff` prints them, with three lines of context.
  static String render(List<FileChange> changes) {
    var out = new ByteArrayOutputStream();
    try (var formatter = new DiffFormatter(out)) {
      for (FileChange change : changes) {
        String a = QuotedString.GIT_PATH.quote("a/" + change.path());
        String b = QuotedString.GIT_PATH.quote("b/" + change.path());
        String header = "diff --git %s %s\n--- %s\n+++ %s\n".formatted(a, b, a, b);
        out.write(header.getBytes(StandardCharsets.UTF_8));
        LineMap map = LineMap.of(change);
        formatter.format(map.edits(), map.textBefore(), map.textAfter());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
