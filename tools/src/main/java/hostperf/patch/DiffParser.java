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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.util.QuotedString;

/// Reads a unified diff, git's or a plain one, line by line and without guessing: a hunk may go on
/// for longer than its header says, but where it ends before, a part of it may be missing. Text
/// around the files is passed over, as git and GNU patch do; but whatever in it looks like a change
/// is refused, so that a diff is read whole or not at all.
final class DiffParser {
  private static final String NEXT =
      "Send a unified diff (`git diff` form) that changes lines of existing files, or `edits`.";
  // Python and git print counts; a count of 1 may be left out.
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final Pattern PREFIXED = Pattern.compile("(?s)[abciow12]/(.+)");
  private static final Pattern FOLDER = Pattern.compile("(?s)[^/]+/(.+)");
  // Dates and revisions, where blanks took the place of the tab before them.
  private static final Pattern STAMP =
      Pattern.compile(" +(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d.*|\\((?:revision|working) .*\\))$");
  private static final Pattern MAIL = Pattern.compile("(?s)From [0-9a-f]{7,64} .*");

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
    passText(paths);
    while (at < lines.size()) {
      FileDiff file = file();
      if (!paths.add(file.path())) {
        throw refusal("names " + file.path() + " twice");
      }
      files.add(file);
      passText(paths);
    }
    if (files.isEmpty()) {
      throw new Refusal("The patch holds no file header (`--- a/…` and `+++ b/…`).", NEXT);
    }
    return new UnifiedDiff(files);
  }

  /// @param paths that were named so far; a mail may change again what one before it has changed
  private void passText(Set<String> paths) {
    for (; at < lines.size() && !startsFile(); at++) {
      if (Preamble.looksLikeChange(here())) {
        throw refusal(
            "holds `%s`, which belongs to no file header and no hunk that can be read"
                .formatted(brief(here())));
      }
      if (MAIL.matcher(here()).matches()) {
        paths.clear();
      }
    }
  }

  private static String brief(String line) {
    String bare = Lines.bare(line);
    return bare.length() <= 80 ? bare : bare.substring(0, 80) + "…";
  }

  private boolean startsFile() {
    String next = at + 1 < lines.size() ? lines.get(at + 1) : "";
    return here().startsWith("diff ") || (here().startsWith("--- ") && next.startsWith("+++ "));
  }

  private FileDiff file() {
    if (here().startsWith("diff ")) {
      passHeader();
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
      passBlank();
    }
    if (hunks.isEmpty()) {
      throw refusal("has no hunk (`@@ -1,2 +1,3 @@`) for " + path);
    }
    return new FileDiff(path, hunks);
  }

  /// The lines between a `diff` command and the two names; only git's has any.
  private void passHeader() {
    for (at++; at < lines.size() && !here().startsWith("--- "); at++) {
      refuseOtherThanLines(here());
    }
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
    } else if (!header.matches("(?s)(index |similarity |dissimilarity ).*")) {
      throw refusal("has no file header (`--- a/…` and `+++ b/…`) after its `diff` line");
    }
  }

  private String name(String field) {
    String name = Lines.bare(field);
    int tab = name.indexOf('\t');
    name =
        (tab < 0 ? STAMP.matcher(name).replaceFirst("") : name.substring(0, tab)).stripTrailing();
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
    if (a.matches() && b.matches() && a.group(1).equals(b.group(1))) {
      return a.group(1);
    }
    if (old.equals(changed)) {
      return old;
    }
    // `diff -ru before after`: two folders of any name.
    Matcher before = FOLDER.matcher(old);
    Matcher after = FOLDER.matcher(changed);
    if (before.matches() && after.matches() && before.group(1).equals(after.group(1))) {
      return before.group(1);
    }
    throw refusal("renames " + old + " to " + changed);
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
    while (oldLeft > 0 || newLeft > 0 || goesOn()) {
      Line line = line(header.group());
      oldLeft -= line.kind() == Kind.ADDED ? 0 : 1;
      newLeft -= line.kind() == Kind.REMOVED ? 0 : 1;
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

  private boolean goesOn() {
    return at < lines.size() && isMarked(here()) && !startsFile();
  }

  private void passBlank() {
    while (at < lines.size() && here().isBlank()) {
      at++;
    }
  }

  private static boolean isMarked(String line) {
    return !line.isBlank()
        && " +-".indexOf(line.charAt(0)) >= 0
        && !Lines.bare(line).matches("-- ?");
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
