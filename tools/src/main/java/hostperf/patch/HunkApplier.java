package hostperf.patch;

import hostperf.Refusal;
import hostperf.patch.UnifiedDiff.FileDiff;
import hostperf.patch.UnifiedDiff.Hunk;
import hostperf.patch.UnifiedDiff.Kind;
import java.util.ArrayList;
import java.util.List;

/// Applies hunks exactly: every old line has to stand where the hunk says, to the last character.
final class HunkApplier {
  private HunkApplier() {}

  static String apply(FileDiff diff, String content) {
    List<String> file = Lines.of(content);
    var result = new ArrayList<String>();
    int at = 0;
    for (Hunk hunk : diff.hunks()) {
      if (hunk.start() < at || hunk.start() > file.size()) {
        throw misplaced(diff.path(), hunk, file);
      }
      result.addAll(file.subList(at, hunk.start()));
      at = hunk.start();
      for (var line : hunk.lines()) {
        if (line.kind() == Kind.ADDED) {
          result.add(line.text());
        } else {
          if (at >= file.size() || !file.get(at).equals(line.text())) {
            throw mismatch(diff.path(), hunk, new Spot(at, line.text()), file);
          }
          if (line.kind() == Kind.KEPT) {
            result.add(line.text());
          }
          at++;
        }
      }
    }
    result.addAll(file.subList(at, file.size()));
    refuseInnerLineWithoutEnd(diff.path(), result);
    return String.join("", result);
  }

  private record Spot(int index, String expected) {}

  private static Refusal misplaced(String path, Hunk hunk, List<String> file) {
    return new Refusal(
        "The hunk `%s` (line %d of the patch) does not fit %s, which has %d lines; hunks must be in ascending order and must not overlap."
            .formatted(hunk.header(), hunk.number(), path, file.size()),
        "Make the patch again against the file as it is.");
  }

  private static Refusal mismatch(String path, Hunk hunk, Spot spot, List<String> file) {
    String found = spot.index() < file.size() ? file.get(spot.index()) : "";
    String why =
        "The hunk `%s` (line %d of the patch) does not apply to %s: line %d should be `%s`%s. The file has there:\n%s"
            .formatted(
                hunk.header(),
                hunk.number(),
                path,
                spot.index() + 1,
                Lines.bare(spot.expected()),
                lineEndNote(spot.expected(), found),
                Lines.quoted(file, spot.index() - 2, 7));
    return new Refusal(why + elsewhere(hunk, file), "Make the patch again from these lines.");
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

  private static String elsewhere(Hunk hunk, List<String> file) {
    List<String> old = hunk.old();
    if (old.isEmpty()) {
      return "";
    }
    var places = new ArrayList<Integer>();
    for (int i = 0; i + old.size() <= file.size(); i++) {
      if (file.subList(i, i + old.size()).equals(old)) {
        places.add(i + 1);
      }
    }
    return places.isEmpty() ? "" : "The hunk's old lines stand at line " + places + ".\n";
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
