package hostperf.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonFileTest {
  private static final PythonFile FILE =
      PythonFile.of(
          "engine/loop.py",
          """
          import numpy as np
          from torch import nn as layers
          from .sampling import Sampler, probs as p

          LIMIT = 8

          class Engine(layers.Module):
              kind: str = "eager"

              def __init__(self, rows: int):
                  self.rows = rows
                  self.sampler = Sampler(rows)
                  self.hook: Hook = None

              @property
              def free(self):
                  return [r for r in self.rows if r.free]

              @staticmethod
              def step(batch, *args, scale=1.0):
                  for row in batch:
                      if row.ready and (
                          row.size > LIMIT
                      ):
                          row.run(
                              scale=scale)
                  def inner(x):
                      return x
                  return inner

          async def main():
              pass
          """);

  @Test
  void listsFunctionsByQualifiedName() {
    assertThat(FILE.functions())
        .extracting(PythonFunction::qualifiedName)
        .containsExactly("Engine.__init__", "Engine.free", "Engine.step", "main");
  }

  @Test
  void findsTheInnermostFunctionAtALine() {
    assertThat(FILE.functionAt(27).map(PythonFunction::qualifiedName))
        .contains("Engine.step.inner");
    assertThat(FILE.functionAt(19).map(PythonFunction::qualifiedName)).contains("Engine.step");
    assertThat(FILE.functionAt(5)).isEmpty();
  }

  @Test
  void findsFunctionsByATailOfTheirName() {
    assertThat(FILE.function("step")).isPresent();
    assertThat(FILE.function("engine.loop.Engine.step")).isPresent();
    assertThat(FILE.function("Engine.step.inner")).isPresent();
    assertThat(FILE.function("Engine.gone")).isEmpty();
  }

  @Test
  void findsTheStatementThatSpansSeveralLines() {
    var step = FILE.functionAt(20).orElseThrow();
    assertThat(step.statementAt(23).orElseThrow().kind()).isEqualTo("if_statement");
    assertThat(step.statementAt(26).orElseThrow().line()).isEqualTo(25);
  }

  @Test
  void resolvesImportsThroughAliasesAndDots() {
    assertThat(FILE.imports().resolve("np.array")).isEqualTo("numpy.array");
    assertThat(FILE.imports().resolve("layers.Linear")).isEqualTo("torch.nn.Linear");
    assertThat(FILE.imports().resolve("Sampler")).isEqualTo("engine.sampling.Sampler");
    assertThat(FILE.imports().resolve("p")).isEqualTo("engine.sampling.probs");
    assertThat(FILE.imports().resolve("elsewhere.f")).isEqualTo("elsewhere.f");
  }

  @Test
  void tellsTheTypeOfAttributesFromConstructorOrAnnotation() {
    var engine = FILE.classNamed("Engine").orElseThrow();
    assertThat(engine.attribute("sampler").orElseThrow().type()).contains("Sampler");
    assertThat(engine.attribute("hook").orElseThrow().type()).contains("Hook");
    assertThat(engine.attribute("rows").orElseThrow().type()).isEmpty();
    assertThat(engine.attribute("kind").orElseThrow().annotation()).contains("str");
    assertThat(engine.property("free")).isPresent();
    assertThat(engine.property("step")).isEmpty();
  }

  @Test
  void readsWhatItCanOfBrokenSource() {
    var file =
        PythonFile.of("bad.py", "def f(x):\n    return x +\n\ndef g(:\n\ndef h():\n    return 1\n");
    assertThat(file.hasErrors()).isTrue();
    assertThat(file.functions()).extracting(PythonFunction::name).contains("f", "h");
  }

  @Test
  void countsCharactersNotBytes() {
    var file = PythonFile.of("u.py", "é = \"日本 😀\"\ndef f(x):\n    ü = x[\"é\"] + 1\n");
    var statement = file.functionAt(3).orElseThrow().statementAt(3).orElseThrow();
    assertThat(statement.text()).isEqualTo("ü = x[\"é\"] + 1");
  }

  @Test
  void survivesDeepNesting() {
    var deep = "x = " + "(".repeat(3000) + "1" + ")".repeat(3000) + "\n";
    var file = PythonFile.of("deep.py", "def f():\n    " + deep);
    assertThat(file.functions().getFirst().body().tree().count()).isGreaterThan(3000);
  }

  @Test
  void findsAttributesSetInAnotherMethod() {
    var type =
        PythonFile.of(
                "a.py", "class A:\n  def start(self):\n    if self.b:\n      self.b = Buffer(3)\n")
            .classNamed("A")
            .orElseThrow();
    assertThat(type.attribute("b").flatMap(PythonClass.Attribute::type)).contains("Buffer");
    assertThat(type.attribute("c")).isEmpty();
  }
}
