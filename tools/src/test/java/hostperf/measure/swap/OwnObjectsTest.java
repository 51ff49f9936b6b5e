package hostperf.measure.swap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
