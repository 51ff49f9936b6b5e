package hostperf.server.model;

import hostperf.patch.Edit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The form in which a model writes edits: blocks of `<edit>`, so that code needs no escaping and
/// no endpoint has to offer tools.
final class EditBlocks {
  private static final Pattern EDIT =
      Pattern.compile(
          "<edit\\s+file=\"([^\"\\n]+)\"\\s*>\\s*?\\n?<old>\\n(.*?)\\n?</old>\\s*"
              + "<new>\\n(.*?)\\n?</new>\\s*</edit>",
          Pattern.DOTALL);

  private static final Pattern NOTHING =
      Pattern.compile("<nothing>(.*?)</nothing>", Pattern.DOTALL);

  private EditBlocks() {}

  static List<Edit> in(String text) {
    return EDIT.matcher(text.replace("\r\n", "\n"))
        .results()
        .map(m -> new Edit(m.group(1).strip(), m.group(2), m.group(3)))
        .toList();
  }

  /// Why the model writes none.
  static Optional<String> nothing(String text) {
    var matcher = NOTHING.matcher(text);
    return matcher.find() ? Optional.of(line(matcher.group(1), 300)) : Optional.empty();
  }

  /// The sentence before the blocks.
  static String summary(String text) {
    int at = text.indexOf("<edit");
    return line(at < 0 ? text : text.substring(0, at), 160);
  }

  static String text(List<Edit> edits) {
    var text = new StringBuilder();
    for (var edit : edits) {
      text.append(
          "<edit file=\"%s\">\n<old>\n%s\n</old>\n<new>\n%s\n</new>\n</edit>\n"
              .formatted(edit.file(), edit.oldText(), edit.newText()));
    }
    return text.toString();
  }

  static String line(String text, int most) {
    var line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "").strip();
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }
}
