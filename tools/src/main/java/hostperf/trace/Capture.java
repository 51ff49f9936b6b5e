package hostperf.trace;

/// The commands that make a trace this package can judge. Options are those of nsys 2023 to 2026.
final class Capture {
  private Capture() {}

  /// One file a rank: `%q{…}` is nsys' own way to put an environment variable into a name.
  static final String NSYS =
      "TLLM_PROFILE_START_STOP=100-150 TLLM_PROFILE_RECORD_GC=1 nsys profile -t cuda,nvtx"
          + " --cuda-graph-trace=graph -c cudaProfilerApi --capture-range-end=stop"
          + " --trace-fork-before-exec=true --export=sqlite -f true -o trace COMMAND";

  static final String AGAIN = "Capture again with: " + NSYS;

  static final String KINETO =
      "Capture again with torch.profiler.profile(activities=[ProfilerActivity.CPU,"
          + " ProfilerActivity.CUDA]) and export_chrome_trace.";

  static final String LONGER =
      "Capture more steps: widen TLLM_PROFILE_START_STOP, for example to 100-150, or give a"
          + " smaller warmup.";

  static String again(Trace.Format format) {
    return switch (format) {
      case NSYS -> AGAIN;
      case KINETO -> KINETO;
    };
  }

  static String export(java.nio.file.Path report) {
    return "nsys export --type sqlite --force-overwrite true --output "
        + report.toString().replaceFirst("\\.nsys-rep$", "")
        + ".sqlite "
        + report;
  }
}
