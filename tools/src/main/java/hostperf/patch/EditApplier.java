package hostperf.patch;

import hostperf.Refusal;
import java.util.ArrayList;
import java.util.List;

/// Applies exact edits: the old text has to occur exactly once.
final class EditApplier {
  private static final int MOST_QUOTED = 60;

  private EditApplier() {}

  static String apply(Edit edit, String content) {
    String old = edit.oldText();
    if (old.isEmpty()) {
      throw new Refusal(
          "An edit of " + edit.file() + " has an empty `old`.",
          "Give the text to replace in `old`, with enough around it to be unique.");
    }
    List<Integer> places = places(content, old);
    if (places.isEmpty()) {
      throw notFound(edit, content);
    }
    if (places.size() > 1) {
      throw new Refusal(
          "`old` occurs %d times in %s, at lines %s; it must occur exactly once."
              .formatted(places.size(), edit.file(), lineNumbers(content, places)),
          "Add lines around it to `old` (and to `new`) until only one place fits.");
    }
    int at = places.getFirst();
    return content.substring(0, at) + edit.newText() + content.substring(at + old.length());
  }

  private static List<Integer> places(String content, String old) {
    var places = new ArrayList<Integer>();
    for (int at = content.indexOf(old); at >= 0; at = content.indexOf(old, at + 1)) {
      places.add(at);
    }
    return places;
  }

  private static List<Integer> lineNumbers(String content, List<Integer> places) {
    return places.stream().limit(20).map(at -> Lines.numberAt(content, at)).toList();
  }

  private static Refusal notFound(Edit edit, String content) {
    List<String> file = Lines.of(content);
    String ends =
        content.contains("\r\n") && !edit.oldText().contains("\r\n")
            ? " The file's lines end with CRLF."
            : "";
    return new Refusal(
        "`old` (`%s`) does not occur in %s (blanks and line ends count).%s%s"
            .formatted(beginning(edit), edit.file(), ends, nearest(edit, file)),
        "Copy the text to replace from the file as it is.");
  }

  private static String beginning(Edit edit) {
    String first = edit.oldText().strip().lines().findFirst().orElse("");
    return first.length() <= MOST_QUOTED ? first : first.substring(0, MOST_QUOTED - 1) + "…";
  }

  private static String nearest(Edit edit, List<String> file) {
    for (String wanted : edit.oldText().lines().map(String::strip).toList()) {
      for (int i = 0; i < file.size() && wanted.length() > 2; i++) {
        if (file.get(i).strip().equals(wanted)) {
          return " Near it, the file has:\n" + Lines.quoted(file, i - 2, 9);
        }
      }
    }
    return "";
  }
}
