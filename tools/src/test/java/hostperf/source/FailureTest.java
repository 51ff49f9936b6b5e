package hostperf.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What has no side effect can fail: only what is seen not to may be done less often.
class FailureTest {
  private static boolean isExcluded(String expression) {
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
    return new Failure(effects, function).isExcluded(value);
  }

  @Test
  void whatOnlyReadsAndPutsTogetherCannotFail() {
    assertThat(isExcluded("f'{n} of {len(xs)}: {xs!r}'")).isTrue();
    assertThat(isExcluded("(box.n + 1, [n, s], {'a': d.get(n, 0)})")).isTrue();
    assertThat(isExcluded("n in xs and s == 'a' and d is not None")).isTrue();
    assertThat(isExcluded("Box(n)")).isTrue();
    assertThat(isExcluded("s.upper()")).isTrue();
  }

  @Test
  void aPureCallCanFail() {
    assertThat(isExcluded("xs.index(2)")).isFalse();
    assertThat(isExcluded("xs[0]")).isFalse();
    assertThat(isExcluded("xs.copy() + 1")).isFalse();
    assertThat(isExcluded("n / n")).isFalse();
    assertThat(isExcluded("int(s)")).isFalse();
    assertThat(isExcluded("d.get(xs)")).isFalse();
    assertThat(isExcluded("f'{s:3d}'")).isFalse();
  }

  @Test
  void whatItsClassDoesNotSetCanFail() {
    assertThat(isExcluded("box.ticks")).isFalse();
    assertThat(isExcluded("box.half")).isFalse();
    assertThat(isExcluded("any.n")).isFalse();
    assertThat(isExcluded("Box()")).isFalse();
  }
}
