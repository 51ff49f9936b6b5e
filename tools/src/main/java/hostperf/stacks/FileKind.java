package hostperf.stacks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What the beginning of a file says that it holds.
public enum FileKind {
  /// Stacks, as JSON.
  JSON,
  /// Python's marshal format: cProfile's results.
  PSTATS,
  /// line_profiler's results: a pickle, or its text.
  LINES,
  /// Text of another kind: collapsed stacks, or a log that has line_profiler's report further down.
  TEXT;

  private static final int HEAD = 1 << 16;

  /// Frames of C++ and threads of async-profiler begin with a brace or bracket too.
  private static final Pattern JSON_BEGIN = Pattern.compile("\\s*(?:\\{\\s*[\"}]|\\[\\s*[{\\]])");

  private static final int PICKLE = 0x80;

  /// @param in is put back to its beginning
  static FileKind of(InputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    if (head.length == 0) {
      throw new MalformedStacks("it is empty");
    }
    if ((head[0] & 0xff) == PICKLE) {
      return LINES;
    }
    if (isMarshal(head)) {
      return PSTATS;
    }
    String text = new String(head, StandardCharsets.UTF_8).replace("\ufeff", "");
    if (JSON_BEGIN.matcher(text).lookingAt()) {
      return JSON;
    }
    ForeignFile.refuse(head);
    return text.contains("Timer unit: ") ? LINES : TEXT;
  }

  /// A dictionary whose first key is a tuple, or which has none.
  private static boolean isMarshal(byte[] head) {
    int first = head[0] & 0x7f;
    int second = head.length < 2 ? 0 : head[1] & 0x7f;
    return first == '{' && (second == '(' || second == ')' || second == '0');
  }
}
