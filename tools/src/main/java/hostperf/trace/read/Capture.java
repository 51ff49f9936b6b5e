package hostperf.trace.read;

import hostperf.host.ShellWord;
import java.nio.file.Path;

/// The commands that make a trace of any engine that this package can judge. Options are those of
/// nsys 2023 to 2026.
public final class Capture {
  private Capture() {}

  static final String NSYS =
      "nsys profile -t cuda,nvtx --cuda-graph-trace=graph --trace-fork-before-exec=true --delay=60"
          + " --duration=10 --export=sqlite -f true -o trace COMMAND (choose a delay after which"
          + " requests run)";

  public static final String AGAIN = "Capture again with: " + NSYS;

  static final String KINETO =
      "Capture again with torch.profiler.profile(activities=[ProfilerActivity.CPU,"
          + " ProfilerActivity.CUDA], with_stack=True) and export_chrome_trace.";

  public static final String LONGER = "Capture more steps, or give a smaller warmup.";

  public static String again(Trace.Format format) {
    return switch (format) {
      case NSYS -> AGAIN;
      case KINETO -> KINETO;
    };
  }

  /// The command that makes the export of a report.
  static String export(Path report) {
    return "nsys export --type sqlite --force-overwrite true --output "
        + ShellWord.quoted(report.toString().replaceFirst("\\.nsys-rep$", "") + ".sqlite")
        + " "
        + ShellWord.quoted(report.toString());
  }

  /// The command that makes an export anew. The report it was made from has its name, as a rule.
  static String exportAgain(Path export) {
    String name = export.getFileName().toString();
    String report = name.replaceFirst("\\.sqlite(\\.gz)?$", "");
    return export(export.resolveSibling((report.equals(name) ? "REPORT" : report) + ".nsys-rep"));
  }
}
