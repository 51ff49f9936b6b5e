package hostperf.classify;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Scope;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  private static final String READ_BACK =
      """
      class Engine:
          def step(self, reqs):
              values = self.logits.max(dim=-1)
              for r in reqs:
                  r.take(values.item())
              return reqs
      """;

  private static LineProfile readBack(String lastLine) {
    return new LineProfile(
        List.of(
            new FunctionProfile(
                "step",
                "/app/engine/loop.py",
                2,
                1.0,
                List.of(
                    new LineCost(2, 0, 0, "    def step(self, reqs):"),
                    new LineCost(3, 10, 0.1, "        values = self.logits.max(dim=-1)"),
                    new LineCost(4, 650, 0.001, "        for r in reqs:"),
                    new LineCost(5, 640, 0.89, "            r.take(values.item())"),
                    new LineCost(6, 10, 0.009, lastLine)))));
  }

  private static List<Hotspot> hotspots(LineProfile profile, Path root) {
    return new Classifier(Marked.HEADS)
        .hotspots(profile, new Sources(root), Marked.target("generic"), 10);
  }

  private static Path checkout(Path dir) throws IOException {
    Files.createDirectories(dir.resolve("engine"));
    Files.writeString(dir.resolve("engine/loop.py"), READ_BACK);
    return dir;
  }

  @Test
  void takesClassAndPathFromTheSource(@TempDir Path dir) throws IOException {
    var first = hotspots(readBack("        return reqs"), checkout(dir)).getFirst();
    assertThat(first.place().function()).isEqualTo("Engine.step");
    assertThat(first.place().file()).isEqualTo("engine/loop.py");
    assertThat(first.place().source()).isEqualTo("r.take(values.item())");
  }

  @Test
  void saysHowOftenALineRunsAndWhereItsTensorComesFrom(@TempDir Path dir) throws IOException {
    var first = hotspots(readBack("        return reqs"), checkout(dir)).getFirst();
    assertThat(first.type()).contains(HotspotType.HOST_SYNC);
    assertThat(String.join("\n", first.reasons())).contains("`values.item()`", "1390.6 µs a hit");
    assertThat(first.judgement().facts())
        .anySatisfy(f -> assertThat(f.text()).contains("64 times per call"));
    assertThat(first.judgement().scope()).isEqualTo(Scope.PER_REQUEST);
  }

  @Test
  void ranksByTotalTime(@TempDir Path dir) throws IOException {
    assertThat(hotspots(readBack("        return reqs"), checkout(dir)))
        .extracting(h -> h.place().line())
        .startsWith(5, 3);
  }

  @Test
  void judgesByTheReportsTextWhereTheFileIsGone(@TempDir Path dir) throws IOException {
    var known = hotspots(readBack("        return reqs"), checkout(dir)).getFirst();
    var unknown = hotspots(readBack("        return reqs"), dir.resolve("empty")).getFirst();
    assertThat(unknown.type()).contains(HotspotType.HOST_SYNC);
    assertThat(unknown.place().file()).isEqualTo("/app/engine/loop.py");
    assertThat(unknown.judgement().decision()).isEqualTo(known.judgement().decision());
  }

  @Test
  void trustsAFileThatChangedSinceLess(@TempDir Path dir) throws IOException {
    var changed = hotspots(readBack("        return reqs[:]"), checkout(dir)).getFirst();
    assertThat(changed.place().function()).isEqualTo("step");
  }

  @Test
  void keepsNoMoreThanAskedFor(@TempDir Path dir) throws IOException {
    var one =
        new Classifier(Marked.HEADS)
            .hotspots(
                readBack("        return reqs"),
                new Sources(checkout(dir)),
                Marked.target("generic"),
                1);
    assertThat(one).hasSize(1);
  }

  @Test
  void marksAWaitForAnEventAsMeant() {
    var spot = Marked.of("def update(self):\n    self.copy_event.synchronize()  # hot\n").first();
    assertThat(spot.type()).contains(HotspotType.SYNC);
    assertThat(spot.judgement().mark()).isEqualTo(Hotspot.Mark.WAITS);
  }

  @Test
  void knowsTheWaitsOfTheTarget() {
    var text = "def step(self):\n    self._wait_for_model_engine_input_copy()  # hot\n";
    var spot = Marked.of(text).first(Marked.target("tensorrt-llm"));
    assertThat(spot.judgement().mark()).isEqualTo(Hotspot.Mark.WAITS);
    assertThat(Marked.of(text).first().judgement().mark()).isEqualTo(Hotspot.Mark.TARGET);
  }

  @Test
  void knowsWhatIsBoundInTheTarget() {
    var text =
        """
        def collect(reqs):
            out = []
            for req in reqs:
                out.append(req.request_id)  # hot
            return out
        """;
    assertThat(Marked.of(text).first(Marked.target("tensorrt-llm")).type())
        .contains(HotspotType.BOUNDARY);
    assertThat(Marked.of(text).first().type()).isNotEqualTo(Optional.of(HotspotType.BOUNDARY));
  }

  @Test
  void knowsABoundObjectAndTheInsideOfARequestClass() {
    for (var line :
        List.of(
            "self.impl.add_token(slot)", "self.max_beam_num_tokens", "super().get_num_tokens(0)")) {
      assertThat(
              boundary(
                  "LlmRequest", "tensorrt_llm.bindings.internal.batch_manager.LlmRequest", line))
          .as(line)
          .contains(HotspotType.BOUNDARY);
    }
    assertThat(boundary("Queue", "object", "self.max_beam_num_tokens"))
        .as("another class")
        .isNotEqualTo(Optional.of(HotspotType.BOUNDARY));
    assertThat(boundary("Queue", "object", "req.is_generation_only_request()"))
        .as("overridden in Python")
        .isNotEqualTo(Optional.of(HotspotType.BOUNDARY));
  }

  private static Optional<HotspotType> boundary(String name, String base, String line) {
    var text =
        """
        class %s(%s):
            def step(self, slots, req):
                out = []
                for slot in slots:
                    out.append(%s)  # hot
                return out
        """
            .formatted(name, base, line);
    return Marked.of(text).first(Marked.target("tensorrt-llm")).type();
  }

  @Test
  void survivesSourceWithSyntaxErrors() {
    var spot = Marked.of("def f(x):\n    y = x.item()  # hot\n    return (y +\n").first();
    assertThat(spot.type()).contains(HotspotType.HOST_SYNC);
  }

  @Test
  void callsAStatementOverSeveralLinesOneHotspot() {
    var marked =
        Marked.of(
            """
            def f(rows, pool):
                total = pool.sum(  # hot
                    rows,
                    3)
                return total
            """);
    assertThat(marked.hotspots(Marked.target("generic")))
        .filteredOn(h -> h.place().line() < 5)
        .hasSize(1);
  }

  @Test
  void findsNothingInAnEmptyProfile() {
    var none = new LineProfile(List.of());
    var sources = Sources.of(PythonFile.of("x.py", ""));
    assertThat(new Classifier(Marked.HEADS).hotspots(none, sources, Marked.target("generic"), 5))
        .isEmpty();
  }

  @Test
  void doesNotTakeAFunctionForItsOwnCallee() {
    var text = "def size(self):\n    return self.pool.size()  # hot\n";
    assertThat(Marked.of(text).hotspots(Marked.target("generic"))).hasSize(1);
  }

  @Test
  void doesNotTakeACallerOrAnotherLinesCalleeForItsOwnCallee() {
    var text =
        """
        import json

        class Log:
            def append(self, record):
                self.records.append(json.dumps(record))

        class Executor:
            def respond(self):
                logger.debug(f"active {self.requests}")

            def count(self, batch):
                self.log.append(batch)
        """;
    var profile =
        new LineProfile(
            List.of(
                ran("append", 4, 0.048, "        self.records.append(json.dumps(record))"),
                ran("respond", 8, 0.050, "        logger.debug(f\"active {self.requests}\")"),
                ran("count", 11, 0.050, "        self.log.append(batch)")));
    var hotspots =
        new Classifier(Marked.HEADS)
            .hotspots(
                profile, Sources.of(PythonFile.of("e.py", text)), Marked.target("generic"), 9);
    assertThat(hotspots).extracting(h -> h.place().line()).containsExactlyInAnyOrder(5, 9);
  }

  /// A function of one line that ran 72 times.
  private static FunctionProfile ran(String name, int line, double seconds, String source) {
    return new FunctionProfile(
        name,
        "e.py",
        line,
        seconds,
        List.of(
            new LineCost(line, 0, 0, "    def " + name + "(self):"),
            new LineCost(line + 1, 72, seconds, source)));
  }

  /// A condition is tested, and a dictionary's keys are not gone over to find one.
  @Test
  void whatAWhileTestsIsNotWalked(@TempDir Path dir) throws IOException {
    Files.createDirectories(dir.resolve("engine"));
    Files.writeString(
        dir.resolve("engine/loop.py"),
        """
        def step(key, value, node):
            while len(key) > 0 and key in node.children.keys():
                key = key[1:]
                value = value[1:]
            return value
        """);
    var lines =
        List.of(
            new LineCost(1, 0, 0, "def step(key, value, node):"),
            new LineCost(2, 650, 0.3, "    while len(key) > 0 and key in node.children.keys():"),
            new LineCost(3, 640, 0.3, "        key = key[1:]"),
            new LineCost(4, 640, 0.39, "        value = value[1:]"),
            new LineCost(5, 10, 0.01, "    return value"));
    var profile =
        new LineProfile(List.of(new FunctionProfile("step", "/app/engine/loop.py", 1, 1.0, lines)));
    assertThat(hotspots(profile, dir))
        .hasSizeGreaterThan(2)
        .allSatisfy(h -> assertThat(h.judgement().question().orElse("")).doesNotContain("walked"));
  }
}
