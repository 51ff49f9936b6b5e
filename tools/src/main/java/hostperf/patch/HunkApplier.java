package hostperf.patch;

import hostperf.Refusal;
import hostperf.patch.UnifiedDiff.FileDiff;
import hostperf.patch.UnifiedDiff.Hunk;
import hostperf.patch.UnifiedDiff.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Applies hunks exactly: every old line has to stand where the hunk says, to the last character;
/// or, where the hunk's number is wrong, at the one place of the file that has them.
final class HunkApplier {
  private final FileDiff diff;
  private final List<String> file;
  private final List<String> notes = new ArrayList<>();

  private HunkApplier(FileDiff diff, String content) {
    this.diff = diff;
    this.file = Lines.of(content);
  }

  /// @param notes of the hunks that were applied at another line than they say
  record Applied(String content, List<String> notes) {}

  static Applied apply(FileDiff diff, String content) {
    var applier = new HunkApplier(diff, content);
    return new Applied(applier.result(), applier.notes);
  }

  private String result() {
    var result = new ArrayList<String>();
    int at = 0;
    for (Hunk hunk : diff.hunks()) {
      int place = place(hunk, at);
      result.addAll(file.subList(at, place));
      hunk.lines().stream()
          .filter(line -> line.kind() != Kind.REMOVED)
          .forEach(line -> result.add(line.text()));
      at = place + hunk.old().size();
    }
    result.addAll(file.subList(at, file.size()));
    refuseInnerLineWithoutEnd(diff.path(), result);
    return String.join("", result);
  }

  /// @param from where the hunk before it ended
  private int place(Hunk hunk, int from) {
    var old = hunk.old();
    int said = hunk.start();
    boolean isThere = said + old.size() <= file.size() && stands(old, said);
    var places =
        isThere || old.isEmpty()
            ? List.of(said)
            : IntStream.rangeClosed(0, file.size() - old.size())
                .filter(i -> stands(old, i))
                .boxed()
                .toList();
    if (places.isEmpty()) {
      throw mismatch(hunk);
    }
    if (places.size() > 1) {
      throw new Refusal(
          "The old lines of the hunk `%s` (line %d of the patch) are not at line %d of %s, and at more than one other: %s."
              .formatted(
                  hunk.header(),
                  hunk.number(),
                  said + 1,
                  diff.path(),
                  places.stream().map(i -> i + 1).toList()),
          "Correct the line number, or add lines around it until only one place fits.");
    }
    int place = places.getFirst();
    if (place < from || place > file.size()) {
      throw misplaced(hunk);
    }
    if (place != said) {
      notes.add(
          "The hunk `%s` was applied at line %d of %s, the only place that has its old lines."
              .formatted(hunk.header(), place + 1, diff.path()));
    }
    return place;
  }

  private boolean stands(List<String> old, int at) {
    return file.subList(at, at + old.size()).equals(old);
  }

  private Refusal misplaced(Hunk hunk) {
    return new Refusal(
        "The hunk `%s` (line %d of the patch) does not fit %s, which has %d lines; hunks must be in ascending order and must not overlap."
            .formatted(hunk.header(), hunk.number(), diff.path(), file.size()),
        "Make the patch again against the file as it is.");
  }

  /// Shows the place that has most of the lines, the nearest of several.
  private Refusal mismatch(Hunk hunk) {
    var old = hunk.old();
    int nearest =
        IntStream.range(0, file.size())
            .boxed()
            .max(
                Comparator.<Integer>comparingLong(i -> alike(old, i))
                    .thenComparingInt(i -> -Math.abs(i - hunk.start())))
            .filter(i -> alike(old, i) > 0)
            .orElse(hunk.start());
    int wrong = 0;
    while (line(nearest + wrong).equals(old.get(wrong))) {
      wrong++;
    }
    return new Refusal(
        "The hunk `%s` (line %d of the patch) does not apply to %s: line %d should be `%s`%s. The file has there:\n%s"
            .formatted(
                hunk.header(),
                hunk.number(),
                diff.path(),
                nearest + wrong + 1,
                Lines.bare(old.get(wrong)),
                lineEndNote(old.get(wrong), line(nearest + wrong)),
                Lines.quoted(file, nearest + wrong - 2, 7)),
        "Make the patch again from these lines.");
  }

  /// How many of the lines are there but for blanks around them.
  private long alike(List<String> old, int at) {
    return IntStream.range(0, old.size())
        .filter(i -> !old.get(i).isBlank() && old.get(i).strip().equals(line(at + i).strip()))
        .count();
  }

  private String line(int index) {
    return index < file.size() ? file.get(index) : "";
  }

  private static String lineEndNote(String expected, String found) {
    if (!Lines.bare(expected).equals(Lines.bare(found))) {
      return "";
    }
    return " and ends with "
        + lineEnd(expected)
        + ", but the file's line ends with "
        + lineEnd(found);
  }

  private static String lineEnd(String line) {
    return line.endsWith("\r\n") ? "CRLF" : line.endsWith("\n") ? "LF" : "no line end";
  }

  private static void refuseInnerLineWithoutEnd(String path, List<String> lines) {
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (!lines.get(i).endsWith("\n")) {
        throw new Refusal(
            "The patch leaves line %d of %s without a line end, though it is not the last."
                .formatted(i + 1, path),
            "Put `\\ No newline at end of file` only after the file's last line.");
      }
    }
  }
}
