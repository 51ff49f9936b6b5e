package hostperf.patch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// Where the lines of a file have gone through a change. Lines count from 1.
public final class LineMap {
  private final RawText before;
  private final RawText after;
  private final EditList edits;

  private LineMap(FileChange change) {
    before = new RawText(change.before().getBytes(StandardCharsets.UTF_8));
    after = new RawText(change.after().getBytes(StandardCharsets.UTF_8));
    edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after);
  }

  public static LineMap of(FileChange change) {
    return new LineMap(change);
  }

  /// The line as it is numbered after the change; none when it was removed or rewritten.
  public OptionalInt after(int line) {
    int shift = 0;
    for (var edit : edits) {
      if (line <= edit.getBeginA()) {
        break;
      }
      if (line <= edit.getEndA()) {
        return OptionalInt.empty();
      }
      shift += edit.getLengthB() - edit.getLengthA();
    }
    return line < 1 || line > before.size() ? OptionalInt.empty() : OptionalInt.of(line + shift);
  }

  /// The stretches of the change: which lines became which.
  public List<Stretch> stretches() {
    return edits.stream()
        .map(
            e ->
                new Stretch(
                    new Span(e.getBeginA() + 1, e.getEndA()),
                    new Span(e.getBeginB() + 1, e.getEndB())))
        .toList();
  }

  /// Lines added and removed.
  public int changedLines() {
    return edits.stream().mapToInt(e -> e.getLengthA() + e.getLengthB()).sum();
  }

  /// The lines that the change brought.
  public List<Integer> added() {
    return numbers(stretches().stream().map(Stretch::after).toList());
  }

  /// The lines that the change took away, as numbered before it.
  public List<Integer> removed() {
    return numbers(stretches().stream().map(Stretch::before).toList());
  }

  RawText textBefore() {
    return before;
  }

  RawText textAfter() {
    return after;
  }

  EditList edits() {
    return edits;
  }

  private static List<Integer> numbers(List<Span> spans) {
    var numbers = new ArrayList<Integer>();
    for (Span span : spans) {
      for (int line = span.first(); line <= span.last(); line++) {
        numbers.add(line);
      }
    }
    return numbers;
  }

  /// Lines `before` were replaced by lines `after`; either may be empty.
  public record Stretch(Span before, Span after) {}

  /// Lines `first` to `last`; empty when `last` is `first - 1`.
  public record Span(int first, int last) {
    public boolean contains(int line) {
      return first <= line && line <= last;
    }
  }
}
