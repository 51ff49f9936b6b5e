package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.classify.Marked;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.lines.LineProfileReader;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is said about a line is seen or measured, or worded as a question.
class EvidenceTest {
  private static String evidence(String text) {
    return Marked.of(text).first().judgement().facts().stream()
        .map(Fact::text)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aValueThatTheNextTurnReadsIsNotDead() {
    var field = Golden.root().resolve("tools/src/test/resources/field/loop_carried");
    var hotspots = classified(field);
    assertThat(hotspots)
        .allSatisfy(h -> assertThat(h.type()).isNotEqualTo(Optional.of(HotspotType.DEAD_WORK)))
        .allSatisfy(h -> assertThat(h.reasons()).noneMatch(e -> e.contains("never")));
  }

  private static List<Hotspot> classified(Path folder) {
    var profile = LineProfileReader.read(folder.resolve("profile.txt")).profile();
    return new Classifier(Marked.HEADS)
        .hotspots(profile, new Sources(folder), Marked.target("generic"), 10);
  }

  @Test
  void aValueThatAnInnerFunctionReadsIsNotDead() {
    var text =
        """
        def f(rows):
            def later():
                return seen
            seen = rows.take()  # hot
            return later
        """;
    assertThat(evidence(text)).doesNotContain("never read");
  }

  @Test
  void aLineWhoseDecoratorRanIsNoneThatNeverRan() {
    var text =
        """
        def f(rows):
            mode = rows.mode()
            @wrap(mode)
            def g():
                return 1
            return g
        """;
    var lines = new ArrayList<LineCost>();
    var file = PythonFile.of("case.py", text);
    long[] hits = {0, 837, 837, 837, 0, 837};
    for (int i = 0; i < hits.length; i++) {
      lines.add(new LineCost(i + 1, hits[i], hits[i] * 1e-6, file.line(i + 1)));
    }
    var profile = new LineProfile(List.of(new FunctionProfile("f", "case.py", 1, 0.003348, lines)));
    assertThat(
            new Classifier(Marked.HEADS)
                .hotspots(profile, Sources.of(file), Marked.target("generic"), 9))
        .flatExtracting(h -> h.reasons())
        .noneMatch(e -> e.contains("never ran"));
  }

  /// lmdeploy's scheduler evicts until the blocks suffice: the call is what ends its loop.
  @Test
  void whatEndsALoopIsNotTheSameOnEachTurn() {
    var text =
        """
        def decode(self, running, seq, blocks):
            while not self.evict(seq, blocks):  # hot
                last = running.pop()
                last.free()
        """;
    assertThat(Marked.of(text).first().type()).isNotEqualTo(Optional.of(HotspotType.HOIST));
    assertThat(evidence(text)).doesNotContain("No line of the loop");
  }

  @Test
  void whatACallReadsBeyondItsNamesIsAQuestion() {
    var text =
        """
        def f(self, rows, limit):
            for row in rows:
                row.end = self.bound(limit)  # hot
        """;
    assertThat(evidence(text))
        .contains("No line of the loop at line 2 assigns to a name in `self.bound(limit)`");
  }

  @Test
  void pythonNumbersLaunchNoTensorOperators() {
    var text =
        """
        def f(self, seq_lens: int, block_table: int, positions: int):
            n = seq_lens + block_table * positions - seq_lens % 2  # hot
            return n
        """;
    assertThat(evidence(text)).doesNotContain("tensor operator");
  }

  @Test
  void theFirstOfTwoListsIsNoReadBack() {
    var text =
        """
        def f(self, request):
            has = bool(request.draft_token_ids or [])  # hot
            return has
        """;
    assertThat(Marked.of(text).first().type()).isNotEqualTo(Optional.of(HotspotType.HOST_SYNC));
  }

  @Test
  void anOverrideInPythonIsNoBoundary() {
    var text =
        """
        class LlmRequest(Bound):
            @property
            def request_id(self):
                return self._id

        def collect(reqs):
            out = []
            for req in reqs:
                out.append(req.request_id)  # hot
            return out
        """;
    var spot = Marked.of(text).first(Marked.target("tensorrt-llm"));
    assertThat(spot.type()).isNotEqualTo(Optional.of(HotspotType.BOUNDARY));
    assertThat(spot.types()).doesNotContain(HotspotType.BOUNDARY);
  }

  @Test
  void ofACallThatNothingIsKnownOfNothingIsGuessedButAsked() {
    var spot = Marked.of("def f(self, x):\n    self.pump(x)  # hot\n    return x\n").first();
    assertThat(spot.type()).isEmpty();
    assertThat(spot.judgement().question())
        .hasValueSatisfying(q -> assertThat(q).contains("`self.pump(x)`"));
    assertThat(spot.typeWords()).isEqualTo("type open");
  }

  @Test
  void aPlainAttributeIsNotSaidToBeAProperty() {
    assertThat(evidence("def f(seq):\n    return seq.length  # hot\n")).doesNotContain("property");
  }

  @Test
  void whatIsAssignedIsNotSaidToBeRead() {
    var text =
        """
        def f(queue):
            while queue:
                seq = queue.popleft()
                seq.waiting = False  # hot
        """;
    assertThat(evidence(text)).doesNotContain("is read on turns");
  }

  @Test
  void aLoopThatWorksForMostElementsIsNoSearch() {
    var text =
        """
        def f(rows):
            for row in rows:  # hot
                if row.skip:
                    continue
                row.run()
        """;
    assertThat(evidence(text)).doesNotContain("searches", "its test");
  }

  @Test
  void takingOneOutOfASetIsNoSearch() {
    var text =
        """
        class Pool:
            def __init__(self):
                self.used: set[int] = set()

            def free(self, i):
                self.used.remove(i)  # hot
        """;
    assertThat(evidence(text)).doesNotContain("searches");
  }

  @Test
  void aLoopThatFillsNothingIsNotSaidToFillAList() {
    var text =
        """
        def f(rows, ids):
            for row, i in zip(rows, ids):  # hot
                row.take(i)
        """;
    assertThat(evidence(text)).doesNotContain("list is filled", "adds one element");
  }

  @Test
  void saysHowOftenALineRanThatRunsLessOftenThanItsFunction() {
    var file =
        PythonFile.of(
            "case.py", "def f(x):\n    n = 1\n    if x:\n        pump(x)\n    return n\n");
    var lines =
        List.of(
            new LineCost(1, 0, 0, "def f(x):"),
            new LineCost(2, 64, 1e-6, "    n = 1"),
            new LineCost(3, 64, 1e-6, "    if x:"),
            new LineCost(4, 9, 1e-2, "        pump(x)"),
            new LineCost(5, 64, 1e-6, "    return n"));
    var profile = new LineProfile(List.of(new FunctionProfile("f", "case.py", 1, 0.010003, lines)));
    assertThat(
            new Classifier(Marked.HEADS)
                .hotspots(profile, Sources.of(file), Marked.target("generic"), 1)
                .getFirst()
                .judgement()
                .facts())
        .extracting(Fact::text)
        .contains("It ran 9 times, in 64 calls of `f`");
  }

  @Test
  void showsTheStatementWhoseCostItIs() {
    var file =
        PythonFile.of(
            "case.py", "def f(a):\n    x = call(a.first,\n             a.second)\n    return x\n");
    var lines =
        List.of(
            new LineCost(1, 0, 0, "def f(a):"),
            new LineCost(2, 10, 1e-3, "    x = call(a.first,"),
            new LineCost(3, 10, 3e-3, "             a.second)"),
            new LineCost(4, 10, 1e-6, "    return x"));
    var profile = new LineProfile(List.of(new FunctionProfile("f", "case.py", 1, 0.004, lines)));
    var first =
        new Classifier(Marked.HEADS)
            .hotspots(profile, Sources.of(file), Marked.target("generic"), 1)
            .getFirst();
    assertThat(first.place().source()).isEqualTo("x = call(a.first, a.second)");
    assertThat(first.cost().seconds()).isEqualTo(4e-3);
  }

  @Test
  void sharesAreOfTheProfiledTimeWithEachSecondOnce() {
    var text =
        """
        class E:
            def step(self, x):
                y = self.inner(x)
                return y

            def inner(self, x):
                z = x.pump()
                return z

            def other(self, x):
                z = x.dump()
                return z
        """;
    var profile =
        new LineProfile(
            List.of(
                two("E.step", 2, 1.0, 0.95, "        y = self.inner(x)", "        return y"),
                two("E.inner", 6, 0.9, 0.89, "        z = x.pump()", "        return z"),
                two("E.other", 10, 0.5, 0.49, "        z = x.dump()", "        return z")));
    var hotspots =
        new Classifier(Marked.HEADS)
            .hotspots(
                profile, Sources.of(PythonFile.of("e.py", text)), Marked.target("generic"), 9);
    assertThat(hotspots.stream().mapToDouble(h -> h.cost().share()).sum()).isLessThanOrEqualTo(1);
    assertThat(hotspots)
        .filteredOn(h -> h.place().line() == 7)
        .allSatisfy(h -> assertThat(h.cost().share()).isBetween(0.58, 0.60));
  }

  private static FunctionProfile two(
      String name, int line, double seconds, double first, String one, String other) {
    return new FunctionProfile(
        name,
        "e.py",
        line,
        seconds,
        List.of(
            new LineCost(line, 0, 0, "    def " + name.substring(2) + "(self, x):"),
            new LineCost(line + 1, 100, first, one),
            new LineCost(line + 2, 100, seconds - first, other)));
  }
}
