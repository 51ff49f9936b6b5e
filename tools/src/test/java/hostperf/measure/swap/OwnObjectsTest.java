package hostperf.measure.swap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a function fills that it has made itself outlives nothing, through whatever name or helper
/// it is filled.
class OwnObjectsTest extends EnginePatches {
  private static final String SCHEDULER =
      """
      from collections import defaultdict


      class Scheduler:
          def schedule(self):
              counts = {}
              blocks = {}
              for request in self.running:
                  counts[request.id] = 1
                  blocks[request.id] = request.blocks
              return counts, blocks

          def update(self, batch):
              outputs = defaultdict(list)
              for request in batch:
                  outputs[request.client].append(request.token)
                  self.done.append(request)
              return outputs
      """;

  private static final String LOOP =
      """
              for request in self.running:
                  counts[request.id] = 1
                  blocks[request.id] = request.blocks
      """;

  private Swappability of(String old, String now) {
    assertThat(SCHEDULER).contains(old);
    return fitness(SCHEDULER, SCHEDULER.replace(old, now));
  }

  private Swappability helped(String call, String helper) {
    return of(
        LOOP + "        return counts, blocks\n",
        "        %s\n        return counts, blocks\n\n%s".formatted(call, helper.indent(4)));
  }

  private static void isUnfit(Swappability result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Swappability.Unfit.class, unfit -> assertThat(unfit.reason()).contains(reason));
  }

  @Test
  void aNewHelperMayFillThem() {
    assertThat(
            helped(
                "self._fill(counts, rows=blocks)",
                """
                def _fill(self, sizes, rows):
                    for request in self.running:
                        sizes[request.id] = 1
                        rows.update({request.id: request.blocks})
                """))
        .isInstanceOf(Swappability.Fit.class);
  }

  @Test
  void aHelperThatFillsWhatOthersHoldLeavesMore() {
    isUnfit(
        helped(
            "self._fill(counts, self.rows)",
            """
            def _fill(self, sizes, rows):
                for request in self.running:
                    sizes[request.id] = 1
                    rows[request.id] = request.blocks
            """),
        "changes what `rows` holds");
  }

  @Test
  void aMethodUnderALocalNameIsTheMethod() {
    assertThat(
            of(
                """
                        for request in batch:
                            outputs[request.client].append(request.token)
                            self.done.append(request)
                """,
                """
                        finish = self.done.append
                        append = outputs[0].append
                        for request in batch:
                            append(request.token)
                            finish(request)
                """))
        .isInstanceOf(Swappability.Fit.class);
  }

  @Test
  void aMethodUnderALocalNameChangesWhatItsObjectHolds() {
    isUnfit(
        of(
            "            self.done.append(request)\n",
            """
                        self.done.append(request)
                        late = self.late.append
                        late(request)
            """),
        "changes what `.late` holds");
  }

  @Test
  void allFunctionsThatCannotBeExchangedAreNamed() {
    isUnfit(
        of(
            "        for request in batch:\n",
            "        self.batch = batch\n        for request in batch:\n"),
        "`Scheduler.update` sets `.batch`");
    var both =
        SCHEDULER
            .replace("        counts = {}\n", "        counts = {}\n        self.counts = counts\n")
            .replace("        outputs = ", "        self.batch = batch\n        outputs = ");
    isUnfit(fitness(SCHEDULER, both), "; and `Scheduler.update` sets `.batch`");
  }

  /// Lines in `schedule`, whose `counts` and `blocks` are its own.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rows: tuple[list, ...] = tuple([] for _ in self.running); rows[0].extend(self.waiting)",
        "rows = [[] for _ in self.running]; rows[0].append(1)",
        "rows = tuple([[] for _ in self.running]); rows[0].append(1)",
        "rows = {r.id: [] for r in self.running}; rows[0].append(1); rows[0][:] = [2]",
        "rows = [([], {}) for _ in self.running]; rows[0][1].update(a=1)",
        "first, second = [], {}; first.append(1); second[1] = 2",
        "first, (second, _) = [], ({}, 1); second.update(a=1)",
        "first = second = []; first.append(1); second.append(2)",
        "first: list[int] = []; first.append(1)",
        "(first := []).append(1)",
        "first = [] if self.running else list(self.waiting); first.append(1)",
        "first = list(self.running) or []; first.append(1)",
        "first = ([]); first.append(1)",
        "first = self.running[1:][:]; first = list(first)[1:]; first.append(1)",
        "rows = {}; rows.setdefault(1, []).append(2); rows[1].append(3); rows.get(1, []).clear()",
        "rows = {}; rows[1] = []; rows[1].append(2); del rows[1][0]",
        "rows = []; rows.append([]); rows[-1].append(1); rows.pop().append(2)",
        "rows = [[]] * 3; rows[0].append(1)",
        "rows = [*[[]], []]; rows[0].append(1)",
        "rows = [[], []]; sorted(rows, key=len)[0].append(1)",
        "rows = [[]]; add = rows[0].append; add(1)",
        "first = self.running.copy(); first.append(1)",
        "rows = [Row()]; rows[0].last = 1",
        "rows = [[]]; [row.append(1) for row in rows]",
      })
  void whatIsMadeHereMayBeFilled(String line) {
    assertThat(more("        " + line + "\n")).isInstanceOf(Swappability.Fit.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for row in rows:",
        "for row, request in zip(rows, self.running):",
        "for i, row in enumerate(rows):",
        "for i, (request, row) in enumerate(zip(self.running, rows)):",
        "for row in reversed(rows):",
        "for _, row in named.items():",
        "for row in named.values():",
      })
  void turnsOverThemAreOwn(String loop) {
    assertThat(more(turn(loop))).isInstanceOf(Swappability.Fit.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for row in self.rows:",
        "for row in list(self.rows):",
        "for row, _ in zip(self.rows, rows):",
        "for _, row in enumerate(self.rows):",
        "for row, _ in rows:",
      })
  void turnsOverOthersAreNot(String loop) {
    isUnfit(more(turn(loop).replace("[[] for", "[[r.row] for")), "changes what `");
  }

  /// A new container of old objects.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rows = list(self.rows); rows[0].append(1)",
        "rows = [r for r in self.running]; rows[0].last = 1",
        "rows = [r.row for r in self.running]; rows[0].append(1)",
        "rows = tuple(r.row for r in self.running); rows[0].append(1)",
        "rows = {r.id: r.row for r in self.running}; rows[0].append(1)",
        "first, second = self.rows, []; first.append(1)",
        "first, second = self.pair(); first.append(1)",
        "first = [] if self.running else self.rows; first.append(1)",
        "first = self.rows or []; first.append(1)",
        "rows = {}; rows[1] = self.row; rows[1].append(2)",
        "rows = []; rows.append(self.row); rows[0].append(1)",
        "rows = []; rows.extend(self.rows); rows[0].append(1)",
        "rows = []; rows += self.rows; rows[0].append(1)",
        "rows = [] + self.rows; rows[0].append(1)",
        "rows = [*self.rows, []]; rows[0].append(1)",
        "rows = dict(a=self.row); rows['a'].append(1)",
        "rows = {}; rows.setdefault(1, self.row).append(2)",
        "rows = {}; rows.get(1, self.row).append(2)",
        "rows = list(self.rows); add = rows[0].append; add(1)",
        "self.rows[0].append(1)",
      })
  void whatIsInThemMayBeOlder(String line) {
    isUnfit(more("        " + line + "\n"), "`Scheduler.schedule` ");
  }

  /// What a function returns that makes it and keeps nothing.
  @Test
  void whatACallMakesIsOwn() {
    var lines = "        rows = self._rows()\n        rows[0].append(1)\n";
    assertThat(given(lines, "return [[] for r in self.running]"))
        .isInstanceOf(Swappability.Fit.class);
    assertThat(given("        (rows,) = (self._rows(),)\n        rows.append(1)\n", "return []"))
        .isInstanceOf(Swappability.Fit.class);
    isUnfit(given(lines, "return list(self.rows)"), "changes what `self._rows()` gives");
    isUnfit(given(lines, "self.kept = rows = [[]]\n        return rows"), "gives");
    isUnfit(given(lines, "yield []"), "gives");
    isUnfit(given(lines, "return self._rows()"), "gives");
  }

  /// Both versions have `_rows`.
  private Swappability given(String lines, String body) {
    var rows = SCHEDULER + "\n    def _rows(self):\n        " + body + "\n";
    return fitness(rows, rows.replace("        counts = {}\n", "        counts = {}\n" + lines));
  }

  private Swappability more(String lines) {
    return of("        counts = {}\n", "        counts = {}\n" + lines);
  }

  private static String turn(String loop) {
    return """
            rows = [[] for r in self.running]
            named = {r.id: [] for r in self.running}
            %s
                row.append(1)
                row[0] = 2
                del row[0]
    """
        .formatted(loop)
        .indent(4);
  }
}
