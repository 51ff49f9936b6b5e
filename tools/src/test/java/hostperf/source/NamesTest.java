package hostperf.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  private static final PythonFunction F =
      PythonFile.of(
              "n.py",
              """
              def f(self, reqs, limit=3):
                  total = 0
                  for i, r in enumerate(reqs):
                      size = self.pool.size()
                      self.seen.append(r.id)
                      total += r.size * limit
                      rows[i].n = total
                  with open(limit) as file:
                      a, b = file.read()
                  return [x for x in reqs if x in set(self.seen)]
              """)
          .functions()
          .getFirst();

  private static boolean invariant(String text) {
    var node = F.body().tree().filter(n -> n.text().equals(text)).findFirst().orElseThrow();
    return Names.isInvariant(node, F.loopsAround(node).getFirst());
  }

  @Test
  void findsEveryKindOfBinding() {
    var names = F.names();
    assertThat(names.bindings("total"))
        .extracting(Names.Binding::kind)
        .containsExactly(Names.Kind.ASSIGNED, Names.Kind.AUGMENTED);
    assertThat(names.bindings("r"))
        .extracting(Names.Binding::kind)
        .containsExactly(Names.Kind.LOOP);
    assertThat(names.bindings("limit").getFirst().kind()).isEqualTo(Names.Kind.PARAMETER);
    assertThat(names.bindings("file").getFirst().kind()).isEqualTo(Names.Kind.WITH);
    assertThat(names.bindings("b").getFirst().kind()).isEqualTo(Names.Kind.UNPACKED);
    assertThat(names.bindings("self.seen").getFirst().kind()).isEqualTo(Names.Kind.MUTATED);
    assertThat(names.bindings("rows").getFirst().kind()).isEqualTo(Names.Kind.MUTATED);
  }

  @Test
  void deletingAnItemChangesItsContainerAlone() {
    var function =
        PythonFile.of(
                "d.py",
                """
                def drop(self, running, at):
                    del self.running[at], self.last
                    del (running[self.first])
                    del at
                """)
            .functions()
            .getFirst();
    assertThat(
            function.names().bindings().stream()
                .filter(b -> b.kind() == Names.Kind.MUTATED)
                .map(Names.Binding::name))
        .containsExactlyInAnyOrder("self.running", "self.last", "running", "at");
  }

  @Test
  void readsWholeAttributeChains() {
    assertThat(Names.readIn(F.body())).contains("self.pool.size", "r.size", "limit");
  }

  @Test
  void tellsWhatALoopLeavesAlone() {
    assertThat(invariant("self.pool.size()")).isTrue();
    assertThat(invariant("set(self.seen)")).isTrue();
    assertThat(invariant("r.size * limit")).isFalse();
    assertThat(invariant("self.seen.append(r.id)")).isFalse();
  }

  @Test
  void countsComprehensionsAsLoops() {
    assertThat(F.loops()).hasSize(2);
    assertThat(F.loops().getLast().isComprehension()).isTrue();
  }

  @Test
  void findsUsesBelowAName() {
    assertThat(F.names().uses("reqs")).extracting(Node::line).containsExactly(3, 10);
  }
}
