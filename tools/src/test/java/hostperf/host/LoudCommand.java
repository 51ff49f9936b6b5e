package hostperf.host;

import java.nio.file.Path;
import java.time.Duration;

/// Runs a command that prints a gigabyte, and says how it went.
final class LoudCommand {
  private LoudCommand() {}

  public static void main(String[] arguments) {
    var loud =
        new Command(
            Path.of("."),
            Duration.ofMinutes(5),
            "bash",
            "-c",
            "yes $(printf %0200d) | head -c 1000000000; echo; echo end");
    var finished = new LocalProcesses().run(loud);
    boolean isWhole = finished.succeeded() && finished.output().endsWith("0\nend\n");
    System.out.println(isWhole ? "1000000000 bytes" : "not whole");
  }
}
