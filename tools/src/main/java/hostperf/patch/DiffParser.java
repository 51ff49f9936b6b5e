package hostperf.patch;

import hostperf.Refusal;
import hostperf.patch.UnifiedDiff.FileDiff;
import hostperf.patch.UnifiedDiff.Hunk;
import hostperf.patch.UnifiedDiff.Kind;
import hostperf.patch.UnifiedDiff.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.util.QuotedString;

/// Reads a unified diff, git's or a plain one, line by line and without guessing: counts have to
/// be right and nothing may stand between hunks that is not part of a diff. Text before the first
/// file and a mail signature after the last are let pass.
final class DiffParser {
  private static final String NEXT =
      "Send a unified diff (`git diff` form) that changes lines of existing files, or `edits`.";
  // Python and git print counts; a count of 1 may be left out.
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final Pattern PREFIXED = Pattern.compile("(?s)[abciow12]/(.+)");

  private final List<String> lines;
  private int at;

  private DiffParser(String text) {
    lines = Lines.of(text);
  }

  static UnifiedDiff parse(String text) {
    return new DiffParser(text).files();
  }

  private UnifiedDiff files() {
    var files = new ArrayList<FileDiff>();
    var paths = new HashSet<String>();
    skipPreamble();
    while (at < lines.size()) {
      FileDiff file = file();
      if (!paths.add(file.path())) {
        throw refusal("names " + file.path() + " twice");
      }
      files.add(file);
    }
    if (files.isEmpty()) {
      throw new Refusal("The patch holds no file header (`--- a/…` and `+++ b/…`).", NEXT);
    }
    return new UnifiedDiff(files);
  }

  private void skipPreamble() {
    while (at < lines.size() && !startsFile()) {
      at++;
    }
  }

  private boolean startsFile() {
    String next = at + 1 < lines.size() ? lines.get(at + 1) : "";
    return here().startsWith("diff --git ")
        || (here().startsWith("--- ") && next.startsWith("+++ "));
  }

  private FileDiff file() {
    while (at < lines.size() && !here().startsWith("--- ")) {
      refuseOtherThanLines(here());
      at++;
    }
    if (at + 1 >= lines.size() || !lines.get(at + 1).startsWith("+++ ")) {
      throw refusal("changes no lines of a file");
    }
    String old = name(here().substring(4));
    at++;
    String path = path(old, name(here().substring(4)));
    at++;
    var hunks = new ArrayList<Hunk>();
    int grown = 0;
    while (at < lines.size() && here().startsWith("@@")) {
      Hunk hunk = hunk(grown);
      hunks.add(hunk);
      grown += hunk.lines().size() - 2 * count(hunk, Kind.REMOVED) - count(hunk, Kind.KEPT);
      endOfHunk();
    }
    if (hunks.isEmpty()) {
      throw refusal("has no hunk (`@@ -1,2 +1,3 @@`) for " + path);
    }
    return new FileDiff(path, hunks);
  }

  private void refuseOtherThanLines(String header) {
    if (header.startsWith("old mode ") || header.startsWith("new mode ")) {
      throw refusal("changes a file's mode");
    } else if (header.startsWith("new file mode ")) {
      throw refusal("creates a file");
    } else if (header.startsWith("deleted file mode ")) {
      throw refusal("deletes a file");
    } else if (header.startsWith("rename ") || header.startsWith("copy ")) {
      throw refusal("renames or copies a file");
    } else if (header.startsWith("GIT binary patch") || header.startsWith("Binary files ")) {
      throw refusal("changes a binary file");
    } else if (!header.matches("(?s)(diff --git |index |similarity |dissimilarity ).*")) {
      throw refusal("holds something else than a file header");
    }
  }

  private String name(String field) {
    String name = Lines.bare(field);
    int tab = name.indexOf('\t');
    name = (tab < 0 ? name : name.substring(0, tab)).stripTrailing();
    return name.startsWith("\"") ? QuotedString.GIT_PATH.dequote(name) : name;
  }

  private String path(String old, String changed) {
    if (old.equals("/dev/null")) {
      throw refusal("creates " + changed);
    }
    if (changed.equals("/dev/null")) {
      throw refusal("deletes " + old);
    }
    Matcher a = PREFIXED.matcher(old);
    Matcher b = PREFIXED.matcher(changed);
    boolean prefixed = a.matches() && b.matches() && a.group(1).equals(b.group(1));
    if (!prefixed && !old.equals(changed)) {
      throw refusal("renames " + old + " to " + changed);
    }
    return prefixed ? a.group(1) : old;
  }

  private static int count(Hunk hunk, Kind kind) {
    return (int) hunk.lines().stream().filter(l -> l.kind() == kind).count();
  }

  /// @param grown lines that the hunks before it have added
  private Hunk hunk(int grown) {
    int number = at + 1;
    Matcher header = HUNK.matcher(Lines.bare(here()));
    if (!header.matches()) {
      throw refusal("has a hunk header that cannot be read: " + Lines.bare(here()));
    }
    int oldLeft = count(Optional.ofNullable(header.group(2)));
    int newLeft = count(Optional.ofNullable(header.group(4)));
    int start = Integer.parseInt(header.group(1)) - (oldLeft == 0 ? 0 : 1);
    if (start < 0) {
      throw refusal("has a hunk that starts before line 1");
    }
    // Old lines tell a hunk's place; without any, both numbers have to tell the same one.
    if (oldLeft == 0 && Integer.parseInt(header.group(3)) != start + grown + 1) {
      throw refusal(
          "has a hunk without context whose two line numbers disagree: " + header.group());
    }
    var body = new ArrayList<Line>();
    at++;
    while (oldLeft > 0 || newLeft > 0) {
      Line line = line(header.group());
      oldLeft -= line.kind() == Kind.ADDED ? 0 : 1;
      newLeft -= line.kind() == Kind.REMOVED ? 0 : 1;
      if (oldLeft < 0 || newLeft < 0) {
        throw refusal("has more lines in a hunk than its header says: " + header.group());
      }
      body.add(line);
    }
    return new Hunk(number, header.group(), start, body);
  }

  private static int count(Optional<String> digits) {
    return digits.map(Integer::parseInt).orElse(1);
  }

  private Line line(String header) {
    if (at >= lines.size()) {
      throw refusal("ends within a hunk; its header says more lines: " + header);
    }
    String line = here();
    Kind kind =
        switch (line.charAt(0)) {
          // Editors strip the blank of an empty context line; git reads it the same way.
          case ' ', '\n', '\r' -> Kind.KEPT;
          case '+' -> Kind.ADDED;
          case '-' -> Kind.REMOVED;
          default -> throw refusal("has a line in a hunk that starts with none of ' ', '+', '-'");
        };
    boolean stripped = line.charAt(0) == '\n' || line.charAt(0) == '\r';
    String text = stripped ? line : line.substring(1);
    at++;
    boolean noEnd = at < lines.size() && here().startsWith("\\");
    if (noEnd) {
      // Translated by some, so git looks at the beginning and the length alone, and so do we.
      if (!here().startsWith("\\ ") || here().length() < 12) {
        throw refusal("has a line that begins with `\\` and is not `\\ No newline at end of file`");
      }
      at++;
    }
    return new Line(kind, noEnd ? withoutEnd(text) : withEnd(text));
  }

  private static String withEnd(String text) {
    return text.endsWith("\n") ? text : text + "\n";
  }

  private static String withoutEnd(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private void endOfHunk() {
    if (at < lines.size() && Lines.bare(here()).matches("-- ?|```.*")) {
      at = lines.size();
    }
    while (at < lines.size() && Lines.bare(here()).isEmpty()) {
      at++;
    }
    if (at < lines.size() && !here().startsWith("@@") && !startsFile()) {
      throw refusal("has more lines than the hunk header before it says");
    }
  }

  private String here() {
    return lines.get(at);
  }

  private Refusal refusal(String what) {
    int number = Math.min(at + 1, lines.size());
    return new Refusal(
        "The patch " + Characters.shown(what) + " (line " + number + " of the patch).", NEXT);
  }
}
