package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.List;
import java.util.Set;

/// `dist.all_reduce(x, group=g)` → only where the group has more than one member.
///
/// Takes collectives that leave their tensor as it is when the group is of one: then nobody waits
/// and nobody is told.
final class SkipCollective implements Shape {
  private static final Set<String> IN_PLACE =
      Set.of(
          "torch.distributed.all_reduce",
          "torch.distributed.broadcast",
          "torch.distributed.broadcast_object_list",
          "torch.distributed.barrier");

  @Override
  public String pattern() {
    return "skip-collective";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return Syntax.only(site.statement())
        .flatMap(Call::of)
        .filter(c -> IN_PLACE.contains(c.resolved()))
        .map(c -> attempt(site, c))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(DraftSite site, Call collective) {
    if (collective.receiver().isEmpty()
        || collective.keyword("async_op").isPresent()
        || !Guarded.canBe(site.statement())
        || Guarded.by(collective.node(), "size")) {
      return Attempt.NO_MATCH;
    }
    if (collective.positional().size() > (collective.isNamed("barrier") ? 0 : 2)) {
      return Attempt.unknown("same_on_all", "the group is not given by its name");
    }
    var module = collective.receiver().orElseThrow().text();
    var group = collective.keyword("group").map(Node::text).orElse("");
    var edits = new Edits(site.file());
    Guarded.put(edits, site.statement(), "%s.get_world_size(%s) > 1".formatted(module, group));
    return Attempt.draft(
        edits,
        List.of("same_on_all", "no_ordering"),
        "Calls `%s` only where the group has more than one member, which all of them know alike."
            .formatted(collective.name()));
  }
}
