package hostperf.measure.swap;

import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions and classes that a function defines: they can outlive its call, and so the block.
final class Inner {
  private Inner() {}

  static Optional<String> difference(PythonFunction was, PythonFunction is) {
    return definitions(was).equals(definitions(is))
        ? Optional.empty()
        : Optional.of("defines other functions inside, which can outlive a block of steps");
  }

  private static Set<String> definitions(PythonFunction function) {
    return function
        .body()
        .tree(n -> !Running.isDefinition(n))
        .filter(Running::isDefinition)
        .filter(n -> !isSortKey(n))
        .map(Node::text)
        .collect(Collectors.toSet());
  }

  /// Its call has ended when `sorted`, `min` or `max` have.
  private static boolean isSortKey(Node lambda) {
    return lambda
        .parent()
        .filter(p -> p.is("keyword_argument"))
        .flatMap(p -> p.child("name"))
        .filter(name -> name.text().equals("key"))
        .isPresent();
  }
}
