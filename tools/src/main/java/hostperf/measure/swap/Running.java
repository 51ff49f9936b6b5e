package hostperf.measure.swap;

import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Why a function's body cannot be exchanged between two steps, by how it runs.
record Running(PythonFunction function) {
  /// What makes machine code or a graph of a function: Python then does not run its body.
  private static final Set<String> COMPILED =
      Set.of("jit", "njit", "script", "compile", "vectorize", "guvectorize", "kernel", "custom_op");

  /// What returns to one version a result that the other computed.
  private static final Set<String> KEPT =
      Set.of("lru_cache", "cache", "cached_property", "cached", "memoize");

  Optional<String> objection() {
    if (function.isAsync()) {
      return Optional.of("is a coroutine: one that is under way outlives a block of steps");
    }
    boolean yields =
        function
            .body()
            .tree(n -> !n.is("function_definition", "lambda"))
            .anyMatch(n -> n.is("yield"));
    if (yields) {
      return Optional.of("is a generator: one that is under way outlives a block of steps");
    }
    return function.decorators().stream().flatMap(d -> objection(d).stream()).findFirst();
  }

  private static Optional<String> objection(String decorator) {
    var name = decorator.replaceFirst("(?s)\\(.*", "").strip();
    var last = name.substring(name.lastIndexOf('.') + 1);
    if (KEPT.contains(last)) {
      return Optional.of(
          "keeps results (`@%s`), which one version would get from the other".formatted(name));
    }
    boolean isCompiled =
        COMPILED.contains(last) || Arrays.stream(last.split("_")).anyMatch(COMPILED::contains);
    return isCompiled
        ? Optional.of("is compiled (`@%s`): Python does not run its body".formatted(name))
        : Optional.empty();
  }

  static boolean isDefinition(Node node) {
    return node.is("function_definition", "class_definition", "lambda");
  }
}
