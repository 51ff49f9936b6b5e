package hostperf.classify;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Hotspot.Candidate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sentences about lines of vLLM's and lightllm's schedulers that were not true, or said nothing.
class TrueSentencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | It runs under the condition `self.matched()`",
        "1 | It runs where the condition `self.matched()` does not hold",
        "2 | It runs under the condition `n > 0 and self.last() in ids`",
        "3 | It runs under the condition `n > self.most`",
        "4 | It runs where none of the conditions `self.matched()`, `n > 0 and self.last() in ids`, `n > self.most` holds",
      })
  void aBranchRunsOnItsOwnSideOfTheCondition(int branch, String text) {
    var marks = Stream.of("", "", "", "", "").toArray(String[]::new);
    marks[branch] = "  # hot";
    var source =
        """
        def finish(self, n, ids):
            if self.matched():
                n.first()%s
            elif n > 0 and self.last() in ids:%s
                n.second()%s
            elif n > self.most:
                n.third()%s
            else:
                n.fourth()%s
            return n
        """
            .formatted((Object[]) marks);
    assertThat(facts(source))
        .filteredOn(f -> f.known() == Known.UNDER_TEST)
        .extracting(Fact::text)
        .containsExactly(text);
  }

  @Test
  void aLoopThatWorksOnEachElementSearchesNothing() {
    var works =
        """
        def update(self, scheduled, outputs):
            for req_id, n in scheduled.items():
                assert n > 0
                request = self.requests.get(req_id)
                if request is None:
                    continue
                outputs[request.client].append(Output(req_id, n))  # hot
        """;
    assertThat(facts(works))
        .extracting(Fact::known)
        .contains(Known.APPENDS)
        .doesNotContain(Known.SEARCHES_VALUES);
    assertThat(facts(works))
        .filteredOn(f -> f.known() == Known.APPENDS)
        .extracting(Fact::text)
        .containsExactly(
            "`outputs[request.client].append(Output(req_id, n))` is called for each element");
    var searches =
        """
        def key(self, node):
            for key, child in node.parent.children.items():  # hot
                if child == node:
                    break
            return key
        """;
    assertThat(facts(searches)).extracting(Fact::known).contains(Known.SEARCHES_VALUES);
  }

  @Test
  void anotherNumberEachTimeIsNotTheSame() {
    assertThat(
            facts(
                """
                def step(self, running, rng):
                    for req in running:
                        req.next_token(rng.randrange(32000), -1.0)  # hot
                """))
        .extracting(Fact::known)
        .doesNotContain(Known.SAME_IN_LOOP);
  }

  @Test
  void anArrayOfNumpyIsNoTensor() {
    assertThat(
            facts(
                """
                import numpy as np
                def fits(self):
                    sizes = np.arange(1, len(self.lens) + 1, 1)  # hot
                    return sizes
                """))
        .extracting(Fact::text)
        .contains("`np.arange(1, len(self.lens) + 1, 1)` allocates a new array");
  }

  /// A type is only asked about where the line has what the question is about.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "self.shm.unlink() | DEAD_WORK FUNCALL",
        "self.logprobs.arr[index] = value | DEAD_WORK HOST_SYNC CUSTOM_OP",
        "end = min(self.total, start + self.size) | DEAD_WORK",
        "self.leaves.add(node) | DEAD_WORK FUNCALL CONTAINER",
        "rows = list(self.rows) | DEAD_WORK HOIST ALLOC FUNCALL CONTAINER",
      })
  void asksAboutWhatTheLineHas(String line, String types) {
    var text =
        "class E:\n    def f(self, index, value, start, node):\n        %s  # hot\n        return index\n"
            .formatted(line);
    var asked =
        Marked.of(text).first().judgement().candidates().stream()
            .filter(c -> !c.open().isEmpty())
            .map(c -> c.type().name())
            .toList();
    assertThat(List.of(types.split(" "))).containsAll(asked);
  }

  @Test
  void asksHowLongTheContainerIsThatTheLineUses() {
    var questions =
        Marked.of(
                """
                class Cache:
                    def insert(self, node):
                        self.leaves.add(node)  # hot
                        return node
                """)
            .first()
            .judgement()
            .candidates()
            .stream()
            .filter(c -> c.type() == HotspotType.CONTAINER)
            .map(Candidate::open)
            .flatMap(List::stream)
            .toList();
    assertThat(questions).allMatch(q -> q.startsWith("How long is `self.leaves`,"));
  }

  /// A method is not assigned, and what other methods do is said of this class alone.
  @Test
  void saysWhoChangesAnAttributeAndOfWhichClass() {
    var text =
        """
        class Req(Base):
            def total(self):
                return self.size + self.out
            def end(self, rows, start):
                for row in rows:
                    row.end = self.pool.cut(start, self.chunk)  # hot
                return rows
            def grow(self):
                self.chunk += 1
        """;
    assertThat(hoist(text))
        .contains("Nothing in `end` changes `self.chunk`; `grow` of `Req` does.");
    assertThat(hoist(text.replace("self.chunk += 1", "pass")))
        .contains("Nothing in `end` changes `self.chunk`; no other method of `Req` does.");
    assertThat(hoist(text.replace("self.pool.cut(start, self.chunk)", "self.total()")))
        .isEqualTo("Does `self.total()` give the same each time it runs?");
  }

  private static String hoist(String text) {
    return Marked.of(text).first().judgement().candidates().stream()
        .filter(c -> c.type() == HotspotType.HOIST)
        .flatMap(c -> c.open().stream())
        .findFirst()
        .orElse("");
  }

  /// One slice among others, compared: the line does not only take it.
  @Test
  void aComparisonOfSlicesDoesMoreThanTakeOne() {
    var text =
        """
        import torch
        def match(t1: torch.Tensor, t2: torch.Tensor, n):
            diff = %s  # hot
            return diff
        """;
    assertThat(facts(text.formatted("t1[:n] != t2[:n]")))
        .filteredOn(f -> f.known() == Known.SLOW_SLICE)
        .extracting(Fact::text)
        .containsExactly("The line takes `t1[:n]` without a call, and takes 20.0 µs a hit");
    assertThat(facts(text.formatted("t1[:n]")))
        .filteredOn(f -> f.known() == Known.SLOW_SLICE)
        .extracting(Fact::text)
        .containsExactly("The line only takes `t1[:n]`, and takes 20.0 µs a hit");
  }

  @Test
  void aNumberIsNoArrayAndNothingIsAskedOfANone() {
    assertThat(
            facts(
                """
                import numpy as np
                def size(self, shape):
                    self.size = np.prod(shape)  # hot
                    return self.size
                """))
        .extracting(Fact::known)
        .doesNotContain(Known.MAKES_ARRAY);
    assertThat(hoist("class E:\n    def f(self):\n        self.shm = None  # hot\n")).isEmpty();
  }

  private static List<Fact> facts(String text) {
    return Marked.of(text).first().judgement().facts();
  }
}
