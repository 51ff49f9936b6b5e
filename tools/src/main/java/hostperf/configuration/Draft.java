package hostperf.configuration;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A first `hostperf.yaml` for a checkout, from what lies in it. What was found stands there with a
/// question mark, to be checked; what was not found stands there as a comment, so that nothing runs
/// that nobody chose.
public final class Draft {
  /// What only a person knows for sure.
  public enum Question {
    COMMAND("What launches the workload? It must end by itself"),
    METRIC("Which text of its output is the throughput? A regular expression with one group"),
    TESTS("Which tests does every patch run? Files or folders"),
    EDITABLE("Which files may a patch change? Globs such as engine/**/*.py");

    private final String text;

    Question(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final String BENCH = "Total Output Throughput \\(tokens/sec\\):\\s+([\\d.]+)";
  private static final String SERVING = "Output token throughput \\(tok/s\\):\\s+([\\d.]+)";

  private final Path root;
  private final String target;

  public Draft(Path root) {
    this.root = root;
    var engine = new Packages(root).engine();
    this.target = engine.isEmpty() ? "generic" : Packages.target(engine);
  }

  /// What the checkout itself says, in the form that an answer has.
  public Optional<String> found(Question question) {
    return switch (question) {
      case COMMAND -> BenchScript.in(root).map(script -> "python3 " + script.path());
      case METRIC -> BenchScript.in(root).flatMap(BenchScript::throughput).or(this::engines);
      case TESTS -> named("tests/unittest/_torch/executor", "tests", "test");
      case EDITABLE ->
          Optional.of(String.join(" ", new Packages(root).editable())).filter(t -> !t.isEmpty());
    };
  }

  /// What the engine's own benchmark prints.
  private Optional<String> engines() {
    return switch (target) {
      case "tensorrt-llm" -> Optional.of(BENCH);
      case "vllm", "sglang", "lmdeploy" -> Optional.of(SERVING);
      default -> Optional.empty();
    };
  }

  /// The text of the file.
  ///
  /// @param answers a person's; these lines bear no question mark
  public String text(Map<Question, String> answers) {
    return """
    # Written by `hostperf init`; check every line marked ?, then run `hostperf doctor`.
    target: %s
    workload:
    %s
      directory: .
      environment: {}
      timeout: 45m
      # output: out/tokens.txt    # a file whose content must be the same after a patch
      # root: engine.core.Engine.step   # the function whose calls are the steps; else it is found
      metrics:
    %s
    profiler:
      attach: %s
      functions: []   # empty: %s
    tests:
      command: [python3, -m, pytest, -q]
    %s
    policy:
    %s
      protected: []
      approval: ask
      max_rounds: 3
    measure: {tier: quick, min_effect: 1%%}
    """
        .formatted(
            target,
            line(Question.COMMAND, answers, "  command: %s", "[python3, bench.py]"),
            metric(answers),
            target.equals("tensorrt-llm") ? "environment" : "inject",
            target.equals("generic")
                ? "samples say where to begin"
                : "samples say where to begin, without samples the target's hot-path map",
            line(Question.TESTS, answers, "  always: %s", "[tests]"),
            line(Question.EDITABLE, answers, "  editable: %s", "[\"engine/**/*.py\"]"));
  }

  /// The draft that asks nobody.
  public String text() {
    return text(Map.of());
  }

  private String line(
      Question question, Map<Question, String> answers, String form, String example) {
    if (answers.containsKey(question)) {
      return form.formatted(list(answers.get(question)));
    }
    return found(question)
        .map(words -> form.formatted(list(words)) + "   # ?")
        .orElseGet(() -> form.formatted(example).replaceFirst("^ *", "$0# ") + asked(question));
  }

  private String metric(Map<Question, String> answers) {
    var form =
        "    - {name: throughput, unit: tok/s, better: higher, primary: true, pattern: '%s'}";
    if (answers.containsKey(Question.METRIC)) {
      return form.formatted(quoted(answers.get(Question.METRIC)));
    }
    return found(Question.METRIC)
        .map(pattern -> form.formatted(quoted(pattern)) + "   # ? what the launch prints")
        .orElseGet(
            () ->
                form.formatted("([\\d.]+) tok/s").replaceFirst("- ", "# - ")
                    + asked(Question.METRIC));
  }

  private static String asked(Question question) {
    return "   # ? "
        + question.text().substring(0, 1).toLowerCase(Locale.ROOT)
        + question.text().substring(1);
  }

  private static String quoted(String pattern) {
    return pattern.replace("'", "''");
  }

  /// Words as a shell would part them, as a YAML list.
  private static String list(String words) {
    var all = new ArrayList<String>();
    var matcher = WORD.matcher(words);
    while (matcher.find()) {
      all.add(
          Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
              .filter(g -> g != null)
              .findFirst()
              .orElse(""));
    }
    return all.stream().map(Draft::item).collect(joining(", ", "[", "]"));
  }

  private static String item(String word) {
    return word.matches("[A-Za-z./-][A-Za-z0-9_./-]*")
        ? word
        : "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private Optional<String> named(String... paths) {
    return List.of(paths).stream().filter(p -> Files.exists(root.resolve(p))).findFirst();
  }
}
