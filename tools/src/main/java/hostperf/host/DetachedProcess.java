package hostperf.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process that goes on when the one that began it has gone, however that went.
public final class DetachedProcess {
  /// The shell ends at once, so that the process is no descendant of whoever began it: clients end
  /// a server's descendants too.
  private static final String SCRIPT = "\"$@\" </dev/null >>\"$0\" 2>&1 &";

  private DetachedProcess() {}

  /// Begins one; it inherits this process's environment.
  ///
  /// @param output where it adds what it prints
  public static void begin(List<String> command, Path output) {
    var words = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, output.toString()));
    words.addAll(command);
    try {
      Process shell =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int _ = shell.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not begin " + command.getFirst(), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Called by the process itself: signals to the terminal or to the group of whoever began it no
  /// longer reach it.
  public static void leaveSession() {
    LinuxCalls.newSession();
  }
}
