package hostperf.behaviour;

import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who calls a function: what samples saw, else what the source says.
final class Callers {
  /// A name that more files have says too little.
  private static final int MOST_FILES = 40;

  private final Sources sources;
  private final Optional<Ranking> ranking;
  private final Callees calls;

  Callers(Sources sources, Optional<Ranking> ranking, Callees calls) {
    this.sources = sources;
    this.ranking = ranking;
    this.calls = calls;
  }

  /// The function whose calls are the steps, where samples found it.
  Optional<PythonFunction> root() {
    return ranking
        .map(Ranking::root)
        .filter(root -> root.how() != Root.How.WHOLE)
        .flatMap(root -> function(root.file(), root.function()));
  }

  List<PythonFunction> of(PythonFunction function) {
    var seen = seen(function);
    return seen.isEmpty() ? written(function) : seen;
  }

  private List<PythonFunction> seen(PythonFunction function) {
    return ranking.stream()
        .flatMap(r -> r.own().calls().stream())
        .filter(
            call ->
                function(call.file(), call.function())
                    .filter(f -> Around.isSame(f, function))
                    .isPresent())
        .flatMap(call -> function(call.from().file(), call.from().function()).stream())
        .filter(caller -> !Around.isSame(caller, function))
        .distinct()
        .toList();
  }

  private Optional<PythonFunction> function(String file, String name) {
    return sources
        .file(file)
        .flatMap(
            f -> f.functions().stream().filter(g -> g.qualifiedName().equals(name)).findFirst());
  }

  /// Callers by name, where the source resolves the call or nothing else has the name.
  private List<PythonFunction> written(PythonFunction function) {
    String name = function.name().equals("__init__") ? owner(function) : function.name();
    var files =
        sources.pythonFiles(Sources.word(name)).stream()
            .filter(f -> !isTest(f.path()))
            .limit(MOST_FILES + 1)
            .toList();
    if (name.isEmpty() || files.size() > MOST_FILES) {
      return List.of();
    }
    long definitions =
        files.stream()
            .flatMap(f -> f.functions().stream())
            .filter(f -> f.name().equals(function.name()))
            .count();
    return files.stream()
        .flatMap(file -> file.functions().stream())
        .filter(caller -> !Around.isSame(caller, function))
        .filter(caller -> isCaller(caller, function, name, definitions == 1))
        .toList();
  }

  private static String owner(PythonFunction function) {
    return function.owner().map(c -> c.name()).orElse("");
  }

  private boolean isCaller(
      PythonFunction caller, PythonFunction function, String name, boolean isOnly) {
    if (function.isProperty()) {
      return isOnly
          && caller
              .body()
              .find("attribute")
              .anyMatch(a -> a.child("attribute").filter(n -> n.text().equals(name)).isPresent());
    }
    Stream<Call> named =
        caller
            .body()
            .find("call")
            .flatMap(n -> Call.of(n).stream())
            .filter(c -> c.name().equals(name));
    return named.anyMatch(
        call -> {
          var callees = calls.callees(call, caller);
          return callees.isEmpty()
              ? isOnly
              : callees.stream().anyMatch(f -> Around.isSame(f, function));
        });
  }

  static boolean isTest(String path) {
    return path.matches(
        "(?:.*/)?(?:tests?|benchmarks?)/.*|(?:.*/)?(?:test_[^/]*|conftest|[^/]*_test)\\.py");
  }
}
