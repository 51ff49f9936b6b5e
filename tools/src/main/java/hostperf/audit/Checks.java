package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// What notices bad input or wrong results: of interest when it is taken away.
///
/// An assertion that only tells a type checker what a value is checks nothing of worth, and one in
/// lines that are written anew goes with what it was about; see `VersionDiff`.
final class Checks {
  private final List<Trait> found = new ArrayList<>();

  private Checks() {}

  static List<Trait> in(Version version) {
    var checks = new Checks();
    version.nodes().forEach(checks::look);
    return checks.found;
  }

  private void look(Node node) {
    switch (node.kind()) {
      case "assert_statement" -> {
        if (!narrows(node)) {
          add(node, Trait.Asked.WHEN_REMOVED_ALONE, Snippets.plain(node));
        }
      }
      case "raise_statement" -> {
        var raised = raised(node);
        var asked =
            raised.endsWith(" AssertionError")
                ? Trait.Asked.WHEN_REMOVED_ALONE
                : Trait.Asked.WHEN_REMOVED;
        add(node, asked, Snippets.function(node) + raised);
      }
      case "call" ->
          Call.of(node)
              .filter(c -> c.name().matches("_assert|_?check_\\w+|_?validate\\w*|_?verify\\w*"))
              .filter(_ -> node.isWholeStatement())
              .ifPresent(_ -> add(node, Trait.Asked.WHEN_REMOVED, Snippets.plain(node)));
      default -> {}
    }
  }

  /// `assert x is not None`, `assert isinstance(x, T)`.
  private static boolean narrows(Node check) {
    return check.items().stream().findFirst().filter(Checks::isNarrowing).isPresent();
  }

  private static boolean isNarrowing(Node condition) {
    return switch (condition.kind()) {
      case "comparison_operator" -> Snippets.plain(condition).endsWith(" is not None");
      case "call" -> Call.of(condition).filter(i -> i.isNamed("isinstance")).isPresent();
      case "parenthesized_expression" -> condition.items().stream().allMatch(Checks::isNarrowing);
      case "boolean_operator" ->
          condition.children().stream()
              .filter(c -> !c.field().equals("operator"))
              .allMatch(Checks::isNarrowing);
      default -> false;
    };
  }

  /// What is raised; its message may be worded anew.
  private static String raised(Node raise) {
    return raise.items().stream()
        .findFirst()
        .map(r -> " raises " + Call.of(r).map(Call::callee).orElseGet(() -> Snippets.plain(r)))
        .orElse(" raises again");
  }

  private void add(Node check, Trait.Asked asked, String key) {
    var trait =
        new Trait(
            Suspicion.REMOVED_CHECK, "is a check, " + Snippets.quote(check), key, check, asked);
    found.add(check.is("assert_statement") ? trait.withAlias(Hoisted.plain(check)) : trait);
  }
}
