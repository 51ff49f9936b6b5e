package hostperf.host;

import java.util.regex.Pattern;

/// What programs print to steer a terminal: colours, titles, movements of the cursor.
public final class TerminalEscapes {
  // ECMA-48: CSI and OSC sequences, then any other escape with its final character.
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?:\\x1b\\[|\\x9b)[0-?]*["
              + " -/]*[@-~]?|(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x9c\\n"
              + "]*(?:\\x07|\\x1b\\\\|\\x9c)?|\\x1b[ -/]*[0-~]?");

  private TerminalEscapes() {}

  /// The text as a terminal shows it, without what steers the terminal.
  public static String without(String text) {
    return text.chars().anyMatch(c -> c == 0x1b || (c >= 0x90 && c <= 0x9f))
        ? ESCAPES.matcher(text).replaceAll("")
        : text;
  }
}
