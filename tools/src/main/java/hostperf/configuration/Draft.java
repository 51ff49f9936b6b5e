package hostperf.configuration;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// A first `hostperf.yaml` for a checkout, from what lies in it. What cannot be known stands there
/// as a question to answer, never as a guess that would run.
public final class Draft {
  private static final String BENCH_METRICS =
      """
          - {name: output_throughput, unit: tok/s, better: higher, primary: true, pattern: 'Total Output Throughput \\(tokens/sec\\):\\s+([\\d.]+)'}   # ? what the launch prints
      """;
  private static final String SERVING_METRICS =
      """
          - {name: output_throughput, unit: tok/s, better: higher, primary: true, pattern: 'Output token throughput \\(tok/s\\):\\s+([\\d.]+)'}   # ? what the launch prints
          - {name: mean_tpot, unit: ms, better: lower, tolerance: 2%, pattern: 'Mean TPOT \\(ms\\):\\s+([\\d.]+)'}   # ? what the launch prints
      """;

  private final Path root;

  public Draft(Path root) {
    this.root = root;
  }

  /// The text of the file.
  public String text() {
    var target = target();
    return """
    # Written by `hostperf init`; check every line marked ?, then run `hostperf doctor`.
    target: %s
    workload:
      command: %s
      directory: .
      environment: {}
      timeout: 45m
      # output: out/tokens.txt    # ? a file whose content must be the same after a patch
      # root: engine.core.Engine.step   # ? the function whose calls are the steps; else it is found
      metrics:
    %sprofiler:
      attach: %s
      functions: []%s
    tests:
      command: [python3, -m, pytest, -q]
      always: %s
    policy:
      editable: %s
      protected: []
      approval: ask
      max_rounds: 3
    measure: {tier: quick, min_effect: 1%%}
    """
        .formatted(
            target,
            command(target),
            metrics(target),
            target.equals("tensorrt-llm") ? "environment" : "inject",
            target.equals("generic")
                ? "   # ? where to begin, as module.Class.method or module::function"
                : "   # empty: the target's hot-path map says where to begin",
            tests(),
            editable());
  }

  private String target() {
    var engine = new Packages(root).engine();
    return engine.isEmpty() ? "generic" : engine.replace('_', '-');
  }

  private String command(String target) {
    if (target.equals("tensorrt-llm")) {
      return "[bash, profile.sh]   # ? a script that runs trtllm-bench … throughput";
    }
    return named("bench.py", "benchmark.py", "main.py")
        .map(script -> "[python3, %s]   # ?".formatted(script))
        .orElse("[python3, bench.py]   # ? what to launch; it must end by itself");
  }

  private static String metrics(String target) {
    return target.equals("vllm") || target.equals("sglang") ? SERVING_METRICS : BENCH_METRICS;
  }

  private String tests() {
    return named("tests/unittest/_torch/executor", "tests", "test")
        .map("[%s]"::formatted)
        .orElse("[]   # ? tests that every patch runs");
  }

  /// Written out, so that a person sees what a patch may change.
  private String editable() {
    var globs = new Packages(root).editable();
    return globs.isEmpty()
        ? "[]   # ? the files that a patch may change, such as \"engine/**/*.py\""
        : "[%s]".formatted(globs.stream().map("\"%s\""::formatted).collect(joining(", ")));
  }

  private Optional<String> named(String... paths) {
    return Stream.of(paths).filter(p -> Files.exists(root.resolve(p))).findFirst();
  }
}
