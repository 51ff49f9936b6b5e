package hostperf.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What has no side effect can fail: only what is seen not to may be done less often.
class InfallibleTest {
  private static boolean isInfallible(String expression) {
    var text =
        """
        class Box:
            def __init__(self, n: int) -> None:
                self.n: int = n

            @property
            def half(self) -> int:
                return self.n

        def f(box: Box, xs: list[int], d: dict[int, int], s: str, n: int, any):
            v = %s
        """
            .formatted(expression);
    var file = PythonFile.of("case.py", text);
    var function = file.function("f").orElseThrow();
    var value =
        function.body().find("assignment").findFirst().flatMap(a -> a.child("right")).orElseThrow();
    var effects =
        new SideEffects(new Types(new Modules(Sources.of(file)), Types.Trust.SURE), function);
    return new Infallible(effects, function).is(value);
  }

  @Test
  void whatOnlyReadsAndPutsTogetherCannotFail() {
    assertThat(isInfallible("f'{n} of {len(xs)}: {xs!r}'")).isTrue();
    assertThat(isInfallible("(box.n + 1, [n, s], {'a': d.get(n, 0)})")).isTrue();
    assertThat(isInfallible("n in xs and s == 'a' and d is not None")).isTrue();
    assertThat(isInfallible("Box(n)")).isTrue();
    assertThat(isInfallible("s.upper()")).isTrue();
  }

  @Test
  void aPureCallCanFail() {
    assertThat(isInfallible("xs.index(2)")).isFalse();
    assertThat(isInfallible("xs[0]")).isFalse();
    assertThat(isInfallible("xs.copy() + 1")).isFalse();
    assertThat(isInfallible("n / n")).isFalse();
    assertThat(isInfallible("int(s)")).isFalse();
    assertThat(isInfallible("d.get(xs)")).isFalse();
    assertThat(isInfallible("f'{s:3d}'")).isFalse();
  }

  @Test
  void whatItsClassDoesNotSetCanFail() {
    assertThat(isInfallible("box.ticks")).isFalse();
    assertThat(isInfallible("box.half")).isFalse();
    assertThat(isInfallible("any.n")).isFalse();
    assertThat(isInfallible("Box()")).isFalse();
  }
}
