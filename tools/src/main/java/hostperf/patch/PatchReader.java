package hostperf.patch;

import hostperf.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a `Patch` of what a caller hands in, or refuses it before anything is written.
///
/// The paths are judged first (policy, links, submodules, case), then the change is applied
/// exactly, then its result is judged (size, hidden characters). Every refusal names the file and
/// the line.
///
/// @param tree the files that the patch is made for
public record PatchReader(PatchPolicy policy, Tree tree) {
  /// More than any change of one pattern needs; what is bigger nobody reads before approving it.
  static final int MOST_FILES = 20;

  static final int MOST_LINES = 2_000;
  static final int MOST_BYTES = 1 << 20;

  public Patch ofDiff(String diff) {
    refuseBig("The patch", diff);
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, String> after = new LinkedHashMap<>();
    var notes = new ArrayList<String>();
    for (var file : DiffParser.parse(diff).files()) {
      String content = before.computeIfAbsent(file.path(), this::content);
      // Mails follow each other: a later one changes what an earlier one has left.
      var applied = HunkApplier.apply(file, after.getOrDefault(file.path(), content));
      after.put(file.path(), applied.content());
      notes.addAll(applied.notes());
    }
    return new Patch(judged(changes(before, after)).changes(), notes);
  }

  /// Edits of one file are applied in their order, each to what the one before has left.
  public Patch ofEdits(List<Edit> edits) {
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, String> after = new LinkedHashMap<>();
    for (Edit edit : edits) {
      refuseBig("`new` of an edit", edit.newText());
      String content = before.computeIfAbsent(edit.file(), this::content);
      after.merge(
          edit.file(),
          EditApplier.apply(edit, after.getOrDefault(edit.file(), content)),
          (_, changed) -> changed);
    }
    return judged(changes(before, after));
  }

  private static List<FileChange> changes(Map<String, String> before, Map<String, String> after) {
    return before.entrySet().stream()
        .map(e -> new FileChange(e.getKey(), e.getValue(), after.getOrDefault(e.getKey(), "")))
        .toList();
  }

  /// A drafted change or the work tree's own; `before` has to be what the tree holds.
  public Patch ofChanges(List<FileChange> changes) {
    for (FileChange change : changes) {
      refuseBig(change.path(), change.after());
      if (!content(change.path()).equals(change.before())) {
        throw new Refusal(
            change.path() + " is no longer what the change was made for.",
            "Profile and propose again, or send a patch against the file as it is.");
      }
    }
    return judged(changes);
  }

  private String content(String path) {
    Optional<String> against = policy.reasonAgainst(path);
    if (against.isPresent()) {
      throw refusal(path + " " + against.get());
    }
    return switch (tree.at(path)) {
      case Tree.Entry.Text(String content) -> content;
      case Tree.Entry.NotText(String reason) ->
          throw refusal(path + " cannot be patched: it is " + reason);
      case Tree.Entry.Link(String link) ->
          throw refusal(path + ": " + link + " is a symbolic link");
      case Tree.Entry.Submodule(String module) ->
          throw refusal(path + ": " + module + " is a submodule");
      case Tree.Entry.Folder() -> throw refusal(path + " is a folder");
      case Tree.Entry.Absent(Optional<String> other) ->
          throw refusal(
              other
                  .map(o -> path + " is not tracked; only the case differs from " + o)
                  .orElse(path + " is not a tracked file; a patch creates none"));
    };
  }

  private Patch judged(List<FileChange> changes) {
    List<FileChange> real =
        changes.stream()
            .filter(c -> !c.before().equals(c.after()))
            .sorted((a, b) -> a.path().compareTo(b.path()))
            .toList();
    if (real.isEmpty()) {
      throw refusal("The patch changes nothing");
    }
    if (real.size() > MOST_FILES) {
      throw refusal("The patch changes " + real.size() + " files; at most 20 are allowed");
    }
    var patch = new Patch(real);
    if (patch.lines() > MOST_LINES) {
      throw refusal("The patch changes " + patch.lines() + " lines; at most 2,000 are allowed");
    }
    real.forEach(PatchReader::judgeAddedLines);
    return patch;
  }

  private static void judgeAddedLines(FileChange change) {
    refuseBig(change.path(), change.after());
    List<String> lines = Lines.of(change.after());
    for (int number : LineMap.of(change).added()) {
      String line = Lines.bare(lines.get(number - 1));
      // A byte order mark opens many a file that came from Windows.
      String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
      Optional<String> fault = Characters.hidden(text).or(() -> Characters.lookalike(text));
      if (fault.isPresent()) {
        throw refusal(change.path() + ":" + number + " " + fault.get());
      }
    }
  }

  private static void refuseBig(String what, String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw refusal(what + " has over 1 MiB");
    }
  }

  private static Refusal refusal(String why) {
    return new Refusal(
        Characters.shown(why) + ".",
        "Change lines of tracked text files that policy.editable allows, and only those.");
  }
}
