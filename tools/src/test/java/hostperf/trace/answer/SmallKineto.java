package hostperf.trace.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes a small torch-profiler trace: one process and thread, times in microseconds.
final class SmallKineto {
  private static final long PROCESS = 100;

  private final List<String> events = new ArrayList<>();
  private int correlation;

  /// A launch call and the kernel it launches.
  SmallKineto launch(double at, double took, double kernelAt, double kernelTook, String name) {
    correlation++;
    return host("cuda_runtime", "cudaLaunchKernel", at, took, correlation)
        .device("kernel", name, kernelAt, kernelTook, correlation);
  }

  /// A copy to the host and the call that waits for it.
  SmallKineto readBack(double at, double took, double copyAt, double copyTook) {
    correlation++;
    return host("cuda_runtime", "cudaMemcpyAsync", at, took, correlation)
        .device("gpu_memcpy", "Memcpy DtoH (Device -> Pageable)", copyAt, copyTook, correlation);
  }

  SmallKineto range(double at, double took, String name) {
    return host("user_annotation", name, at, took, 0);
  }

  SmallKineto host(String category, String name, double at, double took, int link) {
    return event(category, name, PROCESS, PROCESS, at, took, "\"correlation\": " + link);
  }

  SmallKineto device(String category, String name, double at, double took, int link) {
    return event(
        category, name, 0, 7, at, took, "\"device\": 0, \"stream\": 7, \"correlation\": " + link);
  }

  private SmallKineto event(
      String category, String name, long pid, long tid, double at, double took, String args) {
    events.add(
        String.format(
            Locale.ROOT,
            "{\"ph\": \"X\", \"cat\": \"%s\", \"name\": \"%s\", \"pid\": %d, \"tid\": %d,"
                + " \"ts\": %.3f, \"dur\": %.3f, \"args\": {%s}}",
            category,
            name,
            pid,
            tid,
            at,
            took,
            args));
    return this;
  }

  /// Adds an event as it is.
  SmallKineto raw(String event) {
    events.add(event);
    return this;
  }

  String text() {
    return "{\"schemaVersion\": 1, \"traceEvents\": [\n" + String.join(",\n", events) + "\n]}\n";
  }

  Path written(Path file) throws IOException {
    return Files.writeString(file, text());
  }
}
