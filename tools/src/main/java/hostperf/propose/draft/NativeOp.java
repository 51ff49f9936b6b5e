package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import java.util.List;

/// `rearrange(x, "... h d -> ... (h d)")` → `x.flatten(-2)`: a pattern that merges the last
/// dimensions and changes nothing else.
final class NativeOp implements Shape {
  @Override
  public String pattern() {
    return "native-op";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.calls()
        .filter(c -> c.resolved().equals("einops.rearrange"))
        .findFirst()
        .map(c -> attempt(spot, c))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Call rearrange) {
    var tensor = rearrange.argument(0);
    var recipe = rearrange.argument(1).filter(Syntax::isLiteral);
    if (tensor.isEmpty() || recipe.isEmpty()) {
      return Attempt.refused("same_layout", "the recipe is no literal");
    }
    var origin = spot.origin(tensor.get());
    if (!origin.device().isTensor() || origin.byName()) {
      return Attempt.refused(
          "same_layout", "`%s` is not seen to be a tensor".formatted(Syntax.brief(tensor.get())));
    }
    int merged = merged(recipe.get().text().replaceAll("[\"']", "").strip());
    if (merged < 2
        || rearrange.node().child("arguments").filter(a -> a.items().size() == 2).isEmpty()) {
      return Attempt.refused(
          "same_layout",
          "`%s` does more than merge the last dimensions".formatted(recipe.get().text()));
    }
    var receiver =
        Names.path(tensor.get()).isPresent() || tensor.get().is("call", "subscript")
            ? tensor.get().text()
            : "(" + tensor.get().text() + ")";
    var edits =
        new Edits(spot.file())
            .replace(rearrange.node(), "%s.flatten(-%d)".formatted(receiver, merged));
    return Attempt.draft(
        edits, List.of("same_layout"), "Merges the last dimensions with `flatten`.");
  }

  /// How many of the last dimensions become one: 2 for `b t h d -> b t (h d)`; 0 for anything
  /// else. Before them stands an ellipsis or names, alike on both sides.
  private static int merged(String recipe) {
    var sides = recipe.split("->");
    if (sides.length != 2 || sides[0].matches(".*[()].*") || !sides[1].strip().endsWith(")")) {
      return 0;
    }
    int open = sides[1].indexOf('(');
    var last = sides[1].substring(open + 1, sides[1].lastIndexOf(')')).strip();
    var flat = (sides[1].substring(0, open) + last).strip().replaceAll("\\s+", " ");
    return last.matches("\\w+( +\\w+)+") && flat.equals(sides[0].strip().replaceAll("\\s+", " "))
        ? last.split(" +").length
        : 0;
  }
}
