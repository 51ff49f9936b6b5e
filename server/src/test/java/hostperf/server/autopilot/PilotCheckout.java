package hostperf.server.autopilot;

import hostperf.Golden;
import hostperf.host.LocalProcesses;
import hostperf.python.PythonSetup;
import hostperf.server.TinyCheckout;
import hostperf.server.demo.SampleCheckout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A copy of the sample engine that is measured with few requests, and the autopilot on it.
record PilotCheckout(Path root, Path home) {
  static final String KEY = "sk-pilot-secret-0815";

  /// A short bench with its calls counted: a figure that no busy machine disturbs, so that few
  /// launches tell a gain. How often the clock is asked is the machine's, not the engine's; a wait
  /// for the device is worth WAIT calls.
  private static final String COUNTING =
      """
      import sys
      import time

      import bench

      calls = 0


      def count(frame, event, argument):
          global calls
          calls += event == "call" or event == "c_call" and argument is not time.perf_counter
          calls += WAIT * (event == "call" and frame.f_code.co_name == "_spin_until")


      requests, _ = bench.make_requests(6, 20)
      sys.setprofile(count)
      _, responses = bench.run(requests, [])
      sys.setprofile(None)
      bench.write_tokens("out/tokens.txt", responses)
      print("Calls:", calls)
      """;

  private static final String METRICS =
      """
      metrics:
          - {name: calls, unit: calls, better: lower, primary: true, pattern: 'Calls: ([\\\\d]+)'}
      """;

  /// How a flight ended.
  ///
  /// @param out standard output
  /// @param err standard error
  record Ended(int code, String out, String err) {
    String output() {
      return out + err;
    }
  }

  /// @param functions the only ones that are profiled; empty for those of the sample
  /// @param wait calls that a wait for the device is worth. Waits have most of the engine's time
  ///     and few of its calls: without them a gain in calls exceeds its line's share of the time
  /// @param numbers that a record of statistics holds on top: what makes writing it the costliest
  ///     line by far, whatever the few samples of a short bench say
  /// @param model lines of the section `model`; empty for none
  static PilotCheckout in(Path folder, List<String> functions, int wait, int numbers, String model)
      throws IOException {
    var sample = folder.resolve("sample");
    var root = folder.resolve("checkout");
    var from = Golden.root().resolve("examples/mini-executor");
    copy(from, sample);
    var file = sample.resolve("hostperf.yaml");
    var text = Files.readString(file).replace("bench.py]", "counting.py]");
    text = text.replaceAll("metrics:\n(    - .*\n)+", METRICS);
    var counting = COUNTING.replace("WAIT", Integer.toString(wait));
    Files.writeString(sample.resolve("counting.py"), counting);
    var statistics = sample.resolve("mini_executor/iter_stats.py");
    var last = "    requests: List[RequestStats] = dataclasses.field(default_factory=list)\n";
    var more =
        "    history: list = dataclasses.field(default_factory=lambda: list(range("
            + numbers
            + ")))\n";
    Files.writeString(statistics, Files.readString(statistics).replace(last, last + more));
    var list = new StringBuilder("functions:\n");
    functions.forEach(f -> list.append("    - mini_executor.").append(f).append('\n'));
    if (!functions.isEmpty()) {
      text = text.replaceAll("functions:\n(    - .*\n)+", list.toString());
    }
    text = text.replaceAll("always: \\[.*]", "always: [tests/test_py_executor.py]");
    Files.writeString(file, text + model);
    var python =
        new PythonSetup(new LocalProcesses(), System.getenv(), System.err::println).python();
    SampleCheckout.make(sample, root, python);
    return new PilotCheckout(root, folder.resolve("home"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (var each : all.toList()) {
        var target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  /// Runs `hostperf autopilot` as a job would: no terminal.
  Ended fly(String... arguments) throws IOException, InterruptedException {
    return run(autopilot(arguments));
  }

  /// Runs it at a terminal where somebody gives these answers, the last one again and again.
  Ended flySeated(List<String> answers, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("python3"));
    command.add(Golden.root().resolve("server/src/test/python/seat/seat.py").toString());
    command.addAll(answers);
    command.add("--");
    command.addAll(autopilot(arguments));
    return run(command);
  }

  /// Runs it until it prints this, then sends what Ctrl-C at a terminal sends: SIGINT to all
  /// processes of the foreground.
  Ended flyUntil(String printed, String... arguments) throws IOException, InterruptedException {
    // A session of its own, in which the signal is not ignored whoever started us.
    var alone =
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.setsid();";
    var command = new ArrayList<>(List.of("python3", "-c", alone + RUN));
    command.addAll(autopilot(arguments));
    var process = start(command);
    var output = new StringBuilder();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      boolean sent = false;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (!sent && line.contains(printed)) {
          sent = true;
          run(List.of("kill", "-INT", "--", "-" + process.pid()));
        }
      }
    }
    return new Ended(process.waitFor(), output.toString(), errors());
  }

  private static final String RUN = " os.execvp(sys.argv[1], sys.argv[1:])";

  private List<String> autopilot(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Golden.root().resolve("hostperf").toString());
    command.addAll(List.of("-C", root.toString(), "autopilot"));
    command.addAll(List.of(arguments));
    return command;
  }

  String git(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(command).output().strip();
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    var process = start(command);
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output, errors());
  }

  private Process start(List<String> command) throws IOException {
    Files.createDirectories(home);
    var builder = new ProcessBuilder(command).directory(root.toFile());
    builder.redirectError(home.resolve("errors.txt").toFile());
    builder.environment().putAll(TinyCheckout.environment(home));
    builder.environment().put("PILOT_KEY", KEY);
    builder.environment().remove("OPENAI_API_KEY");
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private String errors() throws IOException {
    return Files.readString(home.resolve("errors.txt"));
  }

  String report() throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(".hostperf"))) {
      var report = all.filter(f -> f.endsWith("report.md")).findFirst().orElseThrow();
      return Files.readString(report);
    }
  }

  /// The files below the checkout, `.hostperf` and all, that have this text in them.
  List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).filter(f -> has(f, text)).toList();
    }
  }

  private static boolean has(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
