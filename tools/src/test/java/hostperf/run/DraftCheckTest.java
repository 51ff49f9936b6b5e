package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.audit.Neighbours;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Scope;
import hostperf.patch.Edit;
import hostperf.patch.PatchPolicy;
import hostperf.patch.PatchReader;
import hostperf.patch.Tree;
import hostperf.run.DraftCheck.Checked;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftCheckTest {
  private static final Map<String, String> FILES =
      Map.of(
          "engine/a.py",
          """
          class Sampler:
              def draw(self, tokens: list, banned: list) -> list:
                  return [t for t in tokens if t not in banned]
          """,
          "engine/b.py",
          "LIMIT = 3\n",
          "engine/c.py",
          """
          class Log:
              def append(self, record):
                  self.records = self.records + [record]
          """,
          "engine/d.py",
          """
          from engine.c import Log


          class Sampler:
              def __init__(self):
                  self.log = Log()

              def draw(self, tokens):
                  self.log.append(
                      len(tokens),
                  )
                  return LIMIT
          """,
          "tests/test_a.py",
          "def test_draw():\n    assert True\n");

  @TempDir Path root;
  private DraftCheck check;

  @BeforeEach
  void write() throws IOException {
    for (var file : FILES.entrySet()) {
      var path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    check =
        new DraftCheck(
            new PatchReader(
                new PatchPolicy(List.of("**/*.py"), List.of()),
                path ->
                    FILES.containsKey(path)
                        ? new Tree.Entry.Text(FILES.get(path))
                        : new Tree.Entry.Absent(Optional.empty())),
            List.of(),
            Neighbours.NONE,
            new Sources(root));
  }

  private static final Hotspot HOTSPOT = hotspot("engine/a.py", 3);

  private static Hotspot hotspot(String file, int line) {
    return new Hotspot(
        "h1",
        new Hotspot.Place("Sampler.draw", file, line, "return …"),
        new Hotspot.Cost(10, 1.0, 0.5, Optional.empty()),
        new Hotspot.Judgement(
            Hotspot.Mark.TARGET,
            Scope.PER_STEP,
            List.of(),
            List.of(new Hotspot.Candidate(HotspotType.CONTAINER, List.of(), List.of(), List.of())),
            List.of(),
            Optional.of(
                new Hotspot.Decision(HotspotType.CONTAINER, Hotspot.Decision.By.FACTS, List.of())),
            Optional.empty()));
  }

  private Checked checked(String file, String old, String replacement) {
    return check.check(HOTSPOT, List.of(new Edit(file, old, replacement)));
  }

  private void assertRefused(Checked checked, String why) {
    assertThat(checked).isInstanceOf(Checked.Refused.class);
    assertThat(((Checked.Refused) checked).why()).contains(why);
  }

  @Test
  void keepsAnEditOfTheFunctionsBody() {
    var checked =
        checked(
            "engine/a.py",
            "        return [t for t in tokens if t not in banned]",
            "        known = set(banned)\n        return [t for t in tokens if t not in known]");
    assertThat(checked).isInstanceOf(Checked.Fits.class);
  }

  @Test
  void refusesWhatDoesNotOccurExactly() {
    assertRefused(checked("engine/a.py", "return [t for t in token]", "return []"), "engine/a.py");
  }

  @Test
  void refusesTests() {
    assertRefused(checked("tests/test_a.py", "assert True", "pass"), "tests/test_a.py");
  }

  @Test
  void refusesAnEditThatLeavesNoPython() {
    assertRefused(checked("engine/a.py", "not in banned]", "not in (banned]"), "syntax error");
  }

  @Test
  void refusesAnotherSignature() {
    assertRefused(checked("engine/a.py", "banned: list)", "banned: set)"), "signature");
  }

  @Test
  void refusesAnEditElsewhereOnly() {
    assertRefused(
        checked("engine/b.py", "LIMIT = 3", "LIMIT = 2"),
        "touches none of the files of the hotspot");
  }

  @Test
  void keepsAnEditOfAFunctionThatTheLineCalls() {
    var append =
        new Edit(
            "engine/c.py", "self.records = self.records + [record]", "self.records.append(record)");
    assertThat(check.check(hotspot("engine/d.py", 10), List.of(append)))
        .isInstanceOf(Checked.Fits.class);
    assertRefused(check.check(hotspot("engine/d.py", 12), List.of(append)), "engine/d.py");
  }

  @Test
  void refusesWhatTheAuditFlags() {
    assertRefused(
        checked(
            "engine/a.py",
            "        return [t for t in tokens if t not in banned]",
            "        import time\n        time.sleep = None\n        return []"),
        "audit");
  }
}
