package hostperf.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.agent.Outcome;
import hostperf.agent.Profiled;
import hostperf.agent.Profiled.LineRow;
import hostperf.lines.ExistingProfiles;
import hostperf.profile.Passes;
import hostperf.report.AgentText;
import hostperf.source.Sources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A profile that py-spy took of vLLM's scheduler: in 1,174 samples of its steps 365 lines take a
/// little each. However short an answer has to be, it has the first of them.
class FirstStatementsTest {
  private static final String STACKS = "/stacks/pyspy-vllm.raw.gz";
  private static final Pattern FRAME = Pattern.compile("(.*) \\((.*):(\\d+)\\)");

  @TempDir Path folder;

  private final Map<String, Integer> truth = new HashMap<>();
  private int samples;

  /// Those that cost more than the eleventh: of several that cost as much, any may be the tenth.
  private List<String> first = List.of();

  private record Place(String function, String file, int line) {
    static Stream<Place> of(String frame) {
      Matcher words = FRAME.matcher(frame);
      return words.matches()
          ? Stream.of(new Place(words.group(1), words.group(2), Integer.parseInt(words.group(3))))
          : Stream.empty();
    }
  }

  /// Its own way of counting, without anything of the product.
  @BeforeEach
  void count() throws IOException {
    try (InputStream packed = Objects.requireNonNull(getClass().getResourceAsStream(STACKS));
        var rows =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
      rows.lines().forEach(this::add);
    }
    var counts = truth.values().stream().sorted(Comparator.reverseOrder()).toList();
    first =
        truth.entrySet().stream()
            .filter(line -> line.getValue() > counts.get(10))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(first).hasSizeBetween(8, 10);
  }

  private void add(String row) {
    int end = row.lastIndexOf(' ');
    int count = Integer.parseInt(row.substring(end + 1));
    var frames = Stream.of(row.substring(0, end).split(";")).flatMap(Place::of).toList();
    var step =
        frames.stream()
            .filter(f -> f.function().equals("step") && f.file().endsWith("v1/engine/core.py"));
    int at = frames.indexOf(step.findFirst().orElseThrow());
    var last =
        frames.subList(at, frames.size()).stream()
            .filter(f -> !f.file().startsWith("/") && !f.file().startsWith("<"))
            .reduce((_, inner) -> inner)
            .orElseThrow();
    truth.merge(last.file() + ":" + last.line(), count, Integer::sum);
    samples += count;
  }

  private Profiled answer() {
    var sources = new Sources(folder);
    var file = Path.of(Objects.requireNonNull(getClass().getResource(STACKS)).getPath());
    var result =
        Passes.ofExisting(
            ExistingProfiles.read(List.of(file)),
            sources,
            Optional.of("vllm.v1.engine.core.step"),
            List.of());
    return ProfileAnswer.of(result, sources).orElseThrow();
  }

  private static List<String> statements(Profiled answer) {
    record Placed(String at, LineRow line) {}
    return answer.functions().stream()
        .flatMap(f -> f.topLines().stream().map(l -> new Placed(f.file() + ":" + l.line(), l)))
        .sorted(
            Comparator.comparingDouble((Placed p) -> p.line().selfShare().orElseThrow()).reversed())
        .map(Placed::at)
        .toList();
  }

  @Test
  void anAnswerHasTheTenThatCostMostHoweverShortItIs() {
    Optional<Outcome> form = Optional.of(answer());
    int forms = 0;
    while (form.isPresent()) {
      var shown = statements((Profiled) form.get());
      assertThat(shown).as("form %d", forms).hasSizeBetween(10, 15).containsAll(first);
      assertThat(shown.subList(0, 5))
          .allSatisfy(at -> assertThat(truth.get(at)).isGreaterThan(samples / 100));
      form = form.get().shorter();
      forms++;
    }
    assertThat(forms).as("it can be made shorter in steps").isGreaterThan(5);
  }

  @Test
  void sharesAreThoseOfTheSamples() {
    var answer = answer();
    assertThat(answer.root().orElseThrow().samples()).isEqualTo(samples);
    assertThat(answer.linesTotal()).isEqualTo(truth.size());
    answer
        .functions()
        .forEach(
            f ->
                f.topLines()
                    .forEach(
                        line -> {
                          int count =
                              Objects.requireNonNull(truth.get(f.file() + ":" + line.line()));
                          assertThat(line.selfShare().orElseThrow())
                              .isCloseTo((double) count / samples, within(1e-6));
                        }));
  }

  @Test
  void theTextHasFifteenAndSaysHowManyItLeavesOut() {
    var text = AgentText.of(answer());
    assertThat(text)
        .hasSizeLessThan(6_000)
        .contains("in %,d statements more".formatted(truth.size() - 15));
    assertThat(first)
        .allSatisfy(
            at ->
                assertThat(text)
                    .containsPattern(
                        "(?m)^ *\\d+\\.\\d%  (\\S+/)?"
                            + Pattern.quote(at.substring(at.lastIndexOf('/') + 1))
                            + "\\b"));
  }
}
