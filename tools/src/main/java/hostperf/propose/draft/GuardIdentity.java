package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `self.cache = self.cache.to(x.device)` → only where device or dtype differ, since setting an
/// attribute of an `nn.Module` costs more than to ask.
final class GuardIdentity implements Shape {
  @Override
  public String pattern() {
    return "guard-identity-op";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.assignment().flatMap(a -> moved(site, a)).orElse(Attempt.NO_MATCH);
  }

  /// `x.a = x.a.to(…)`: `to` returns the very tensor where nothing is to be done.
  private static Optional<Attempt> moved(DraftSite site, Node assignment) {
    var target = assignment.child("left").filter(l -> l.is("attribute"));
    var move =
        assignment
            .child("right")
            .flatMap(Call::of)
            .filter(c -> c.isNamed("to"))
            .filter(c -> c.receiver().map(Node::text).equals(target.map(Node::text)));
    if (target.isEmpty() || move.isEmpty() || !Guarded.canBe(site.statement())) {
      return Optional.empty();
    }
    var path = target.get().text();
    var conditions = conditions(path, move.get());
    if (conditions.isEmpty() || Guarded.by(assignment, conditions.getFirst())) {
      return Optional.empty();
    }
    if (!isTensor(site, target.get())) {
      return Optional.of(
          Attempt.unknown("identity", "`%s` is not seen to be a tensor".formatted(path)));
    }
    var edits = new Edits(site.file());
    Guarded.put(edits, site.statement(), String.join(" or ", conditions));
    return Optional.of(
        Attempt.draft(
            edits,
            List.of("identity", "no_alias"),
            "Sets `%s` only where its device or dtype has to change.".formatted(path)));
  }

  private static boolean isTensor(DraftSite site, Node target) {
    var origin = site.origin(target);
    return origin.device().isTensor() && !origin.byName();
  }

  /// What has to differ for `to` to do something; none where an argument is not understood.
  private static List<String> conditions(String path, Call move) {
    var conditions = new ArrayList<String>();
    var arguments = move.node().child("arguments").stream().flatMap(a -> a.items().stream());
    for (var argument : arguments.toList()) {
      var value = argument.is("keyword_argument") ? argument.child("value") : Optional.of(argument);
      var name =
          argument.child("name").map(Node::text).filter(_ -> argument.is("keyword_argument"));
      var text = value.filter(v -> Names.path(v).isPresent()).map(Node::text).orElse("");
      if (name.filter("non_blocking"::equals).isPresent()) {
        continue;
      }
      if (name.orElse("device").equals("device") && text.matches("(.+\\.)?_?device")) {
        conditions.add("%s.device != %s".formatted(path, text));
      } else if (name.orElse("dtype").equals("dtype")
          && text.matches("(.+\\.)?_?dtype|torch\\.\\w+\\d+")) {
        conditions.add("%s.dtype != %s".formatted(path, text));
      } else {
        return List.of();
      }
    }
    return conditions;
  }
}
