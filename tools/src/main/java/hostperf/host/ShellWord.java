package hostperf.host;

/// A text as one word of a command for a POSIX shell.
public final class ShellWord {
  private ShellWord() {}

  /// Plain paths stay as they are.
  public static String quoted(String text) {
    return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
