package hostperf.propose.draft;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Every draft for random functions is run against the function that it rewrites: the same results
/// and exceptions, the same effects in the same order, and the same state of all that was given.
class DraftsPropertyTest {
  private static final int FUNCTIONS = Integer.getInteger("hostperf.functions", 2_000);
  private static final Path PYTHON = Golden.root().resolve("tools/src/test/python/drafts");

  @TempDir private Path folder;

  /// @param stated whether the draft stands under a fact that is said not to be seen: that what is
  ///     looked up is in the list, or that what is made less often has no effect, an exception
  ///     neither
  private record Case(
      int id, String pattern, boolean stated, String before, String after, List<String> kinds) {}

  /// `-Dhostperf.seed=N` tries another seed; 555 and 31337 have found something once.
  @Test
  void noDraftChangesWhatItsFunctionDoes() throws IOException {
    long seed = Long.getLong("hostperf.seed", 1);
    var cases = cases(seed);
    var byPattern = new TreeMap<String, Integer>();
    cases.forEach(c -> byPattern.merge(c.pattern(), 1, Integer::sum));
    var failures = differences(cases);
    assertThat(failures).describedAs("of %s", byPattern).isEmpty();
    // So that it cannot pass for want of drafts.
    assertThat(cases).hasSizeGreaterThan(300);
    assertThat(byPattern)
        .containsKeys(
            "hoist-invariant",
            "common-subexpression",
            "guard-construction",
            "lazy-log",
            "list-index-to-dict",
            "set-before-comprehension",
            "sum-lists-to-chain",
            "generator-to-comprehension",
            "enum-value-compare");
  }

  private static List<Case> cases(long seed) throws IOException {
    var prelude = Files.readString(PYTHON.resolve("prelude.py"));
    var hostile =
        Arrays.stream(Files.readString(PYTHON.resolve("hostile.py")).split("### \\w+\n"))
            .skip(1)
            .toList();
    var random = new Random(seed);
    var cases = new ArrayList<Case>();
    for (int i = 0; i < FUNCTIONS; i++) {
      var function = RandomFunction.of(random, prelude, hostile);
      var file = PythonFile.of("case.py", function.text());
      assertThat(file.hasErrors()).describedAs(function.text()).isFalse();
      cases.addAll(drafts(file, function, cases.size()));
    }
    return cases;
  }

  /// Those of the random function and of the functions that it calls.
  private static List<Case> drafts(PythonFile file, RandomFunction function, int first) {
    var done = new HashSet<String>();
    var cases = new ArrayList<Case>();
    var sources = Sources.of(file);
    int start = file.function("f").orElseThrow().line();
    for (int line = start; line <= file.lineCount(); line++) {
      var site = DraftSite.at(sources, List.of(), file, line);
      for (var attempt : site.map(Drafts::at).orElse(Map.of()).entrySet()) {
        if (attempt.getValue() instanceof Attempt.Draft d && done.add(d.after())) {
          cases.add(
              new Case(
                  first + cases.size(),
                  attempt.getKey(),
                  isStated(attempt.getKey(), d),
                  function.text(),
                  d.after(),
                  function.kinds()));
        }
      }
    }
    return cases;
  }

  private static boolean isStated(String pattern, Attempt.Draft draft) {
    return pattern.equals("list-index-to-dict") && !draft.seen().contains("present")
        || pattern.equals("lazy-log") && !draft.seen().contains("pure")
        || pattern.equals("guard-construction") && !draft.seen().contains("no_effect");
  }

  private List<String> differences(List<Case> cases) throws IOException {
    var file = folder.resolve("cases.json");
    JsonMapper.shared().writeValue(file.toFile(), cases);
    var finished =
        new LocalProcesses()
            .run(
                new Command(
                    folder,
                    Duration.ofMinutes(5),
                    System.getProperty("hostperf.python", "python3"),
                    PYTHON.resolve("compare.py").toString(),
                    file.toString()));
    assertThat(finished.succeeded()).describedAs(finished.output()).isTrue();
    var answer = JsonMapper.shared().readTree(finished.output());
    assertThat(answer.path("ran").asInt()).isEqualTo(cases.size());
    var failures = new ArrayList<String>();
    for (var failure : answer.path("failures")) {
      var c = cases.get(failure.path("id").asInt());
      failures.add(
          "%s\n%s\n--- after\n%s\n--- %s\n+++ %s"
              .formatted(
                  c.pattern(),
                  c.before().substring(c.before().lastIndexOf("\ndef f(")),
                  c.after().substring(c.after().lastIndexOf("\ndef f(")),
                  failure.path("before").asString(),
                  failure.path("after").asString()));
    }
    return failures;
  }
}
