package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Hotspot.Candidate;
import hostperf.classify.Marked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sentences about lines of vLLM's and lightllm's schedulers that were not true, or said nothing.
@SuppressWarnings("InlineFormatString")
class TrueSentencesTest {
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

  /// A number, a truth, or a change in place.
  @Test
  void notEveryFunctionOfNumpyMakesAnArray() {
    for (var call :
        List.of(
            "np.random.randint(0xffffffff)",
            "np.array_equal(rows, row)",
            "np.add.at(self.count, rows, 1)")) {
      assertThat(
              facts(
                  "import numpy as np\ndef f(self, rows, row):\n    x = %s  # hot\n    return x\n"
                      .formatted(call)))
          .as(call)
          .extracting(Fact::known)
          .doesNotContain(Known.MAKES_ARRAY, Known.MAKES_BUFFER, Known.MAKES_TENSOR);
    }
    assertThat(
            facts(
                "import numpy as np\ndef f(self):\n    x = np.random.randint(9, size=4)  # hot\n    return x\n"))
        .extracting(Fact::known)
        .containsAnyOf(Known.MAKES_ARRAY, Known.MAKES_BUFFER, Known.MAKES_TENSOR);
  }

  /// Another element each time, whatever is called on it.
  @Test
  void whatIsWaitedForIsNotTheSameInALoop() {
    assertThat(
            facts(
                """
                async def f(self, que):
                    while self.runs:
                        resps = (await que.get()).values()  # hot
                        self.send(resps)
                """))
        .extracting(Fact::known)
        .doesNotContain(Known.SAME_IN_LOOP);
  }

  /// What changes something is not dead because what it gives is not read.
  @Test
  void workWhoseResultIsUnreadIsOnlyDeadWhereItDoesNoMore() {
    var drawn =
        """
        class Ticket:
            def __init__(self):
                self.n = 0
            def size(self):
                self.n += 1
                return self.n
        class E:
            def __init__(self):
                self.ticket = Ticket()
            def f(self, rows):
                for row in rows:
                    unused = %s  # hot
                return rows
        """;
    assertThat(facts(drawn.formatted("self.ticket.size()")))
        .extracting(Fact::known)
        .doesNotContain(Known.UNREAD, Known.UNREAD_RESULT);
    assertThat(facts(drawn.formatted("self.queue.get()")))
        .extracting(Fact::text)
        .contains(
            "No line of `f` reads `unused` afterwards; what else `self.queue.get()` does is not known");
    assertThat(Marked.of(drawn.formatted("self.queue.get()")).first().type()).isEmpty();
    assertThat(Marked.of(drawn.formatted("row + 1")).first().type())
        .contains(HotspotType.DEAD_WORK);
  }

  /// What stands in one branch of a condition may never run.
  @Test
  void aBranchOfAConditionIsNotSaidToRun() {
    assertThat(
            facts(
                """
                def child_key(self, page_size):
                    plain = self.t[0] if page_size == 1 else tuple(self.t[:page_size])  # hot
                    return plain
                """))
        .extracting(Fact::text)
        .contains("`tuple(self.t[:page_size])` makes a new container, where it is evaluated")
        .doesNotContain("`tuple(self.t[:page_size])` makes a new container");
  }

  /// It writes where `out` lies, and into a part.
  @Test
  void whatWritesIntoAPartAllocatesNothingAndClearsNothing() {
    assertThat(
            facts(
                """
                import torch
                def pages(self, rows, positions):
                    at = 0
                    for first, last in rows:
                        torch.arange(first, last, out=positions[at : at + last])  # hot
                """))
        .extracting(Fact::known)
        .doesNotContain(Known.MAKES_TENSOR);
    assertThat(
            facts(
                """
                def pages(self, table, at, row):
                    table[at : at + 4].fill_(row)  # hot
                """))
        .extracting(Fact::known)
        .doesNotContain(Known.CLEARS_ALL);
  }

  @Test
  void whatIsReadOfTheSurroundingsIsNamed() {
    assertThat(
            facts(
                """
                import os
                def get(self):
                    value = os.getenv(self.name)  # hot
                    return value
                """))
        .extracting(Fact::text)
        .contains("`os.getenv(self.name)` reads the environment each time");
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

  @Test
  void asksOfTheContainerThatIsWalkedAndNotOfTheOneThatGrows() {
    var hotspot =
        Marked.of(
                """
                def rows(self, ids, page_ids):
                    for each in ids:
                        self.row.append(page_ids.index(each))  # hot
                """)
            .first();
    assertThat(hotspot.judgement().candidates())
        .filteredOn(c -> c.type() == HotspotType.CONTAINER)
        .flatExtracting(Candidate::open)
        .isNotEmpty()
        .allMatch(q -> q.startsWith("How long is `page_ids`,"));
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
