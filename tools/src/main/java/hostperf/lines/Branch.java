package hostperf.lines;

import hostperf.fact.LineFact.Place;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An `if` or `elif` that always went the same way, by the hits of its lines.
///
/// @param place of its condition
/// @param reached how often it was
/// @param isTaken whether it was taken each time, else never
public record Branch(Place place, long reached, boolean isTaken) {
  /// Fewer tell little of a branch.
  private static final long ENOUGH = 50;

  /// Most often reached first. Only branches whose hits are certain: what fits on a line, is no
  /// jump that an older Python leaves out, and no comprehension, which a newer one counts by item.
  public static List<Branch> of(LineProfile profile, Sources sources) {
    List<Branch> branches = new ArrayList<>();
    for (var function : profile.functions()) {
      sources
          .file(function.file())
          .flatMap(file -> at(file, function))
          .ifPresent(defined -> add(branches, function, defined));
    }
    branches.sort(Comparator.comparingLong(Branch::reached).reversed());
    return branches;
  }

  private static Optional<PythonFunction> at(PythonFile file, FunctionProfile function) {
    return function.lines().stream()
        .filter(line -> line.hits() > 0)
        .findFirst()
        .flatMap(line -> file.functionAt(line.line()));
  }

  private static void add(List<Branch> branches, FunctionProfile profile, PythonFunction defined) {
    Map<Integer, Long> hits = new HashMap<>();
    profile.lines().forEach(line -> hits.put(line.line(), line.hits()));
    defined
        .body()
        .tree(node -> !node.is("function_definition", "class_definition", "lambda"))
        .filter(node -> node.is("if_statement", "elif_clause"))
        .forEach(
            node -> {
              var condition = node.child("condition").filter(Branch::isPlain);
              var first =
                  node.child("consequence")
                      .flatMap(block -> block.items().stream().findFirst())
                      .filter(Branch::isCertain)
                      .filter(Branch::isPlain);
              if (condition.isPresent()
                  && first.isPresent()
                  && first.get().line() > condition.get().line()) {
                long reached = hits.getOrDefault(condition.get().line(), 0L);
                long taken = hits.getOrDefault(first.get().line(), 0L);
                if (reached >= ENOUGH && (taken == 0 || taken == reached)) {
                  var place =
                      new Place(profile.file(), condition.get().line(), defined.qualifiedName());
                  branches.add(new Branch(place, reached, taken > 0));
                }
              }
            });
  }

  private static boolean isPlain(Node node) {
    return node.line() == node.endLine()
        && node.tree()
            .noneMatch(
                inner ->
                    inner.kind().endsWith("_comprehension") || inner.is("generator_expression"));
  }

  private static boolean isCertain(Node statement) {
    return statement.is("return_statement", "raise_statement")
        || statement.is("expression_statement")
            && statement.items().stream().noneMatch(item -> item.is("string"));
  }

  /// What was counted.
  public String words() {
    return isTaken
        ? "this branch was taken each of the %,d times it was reached".formatted(reached)
        : "this branch was never taken, reached %,d times".formatted(reached);
  }
}
