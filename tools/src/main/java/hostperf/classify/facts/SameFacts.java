package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;

/// What speaks for a value that is the same each time it is computed: on each turn of a loop, in
/// each layer, in each call.
final class SameFacts {
  /// Give another value, or do something, each time they are called; of any other call only its
  /// arguments are known to stay, which is what the sentence says.
  private static final String VARIES =
      "time|monotonic|perf_counter|next|pop\\w*|get_nowait|append|extend|put\\w*|recv\\w*|read\\w*"
          + "|write\\w*|sleep|acquire|release|send\\w*|step|add|update|clear|print|debug|info|warning"
          + "|empty|run|wait\\w*|synchronize|record|set|insert|remove|discard|get_event|poll|super"
          + "|range|zip|enumerate|item|submit|alloc\\w*|free\\w*|choices?|shuffle|sample|gauss|\\w*_|_?(get_)?\\w*(clock|now|rand|uuid|seed)\\w*";

  private final Spot spot;
  private final FactList facts;

  private SameFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  static void add(Spot spot, FactList facts) {
    var same = new SameFacts(spot, facts);
    spot.calls().stream().filter(c -> !CallEffects.areSeen(spot, c)).forEach(same::inLoop);
    same.changes();
    if (spot.statement().is("import_statement", "import_from_statement")) {
      facts.seen(Known.IMPORTS_INSIDE, "The import is looked up each time the function runs");
    }
  }

  private void inLoop(Call call) {
    var loop = spot.loops(call.node()).stream().findFirst();
    if (loop.isEmpty()
        || call.node().tree().anyMatch(SameFacts::varies)
        || call.node().isWholeStatement()
        || !Names.isInvariant(call.node(), loop.get())
        || endsIt(call.node(), loop.get())
        || isWorkedOn(call.node(), loop.get())) {
      return;
    }
    facts.seen(
        Known.SAME_IN_LOOP,
        "No line of the loop at line %s assigns to a name in %s",
        loop.get().node().line(),
        call.node());
  }

  /// The call, one within it, or what is waited for.
  private static boolean varies(Node node) {
    return node.is("await", "yield")
        || Call.of(node)
            .filter(c -> c.name().matches(VARIES) || (c.isNamed("get") && c.positional().isEmpty()))
            .isPresent();
  }

  /// `while not evict_for(seq):` ends by what the call gives, so that cannot stay the same.
  private static boolean endsIt(Node call, Loop loop) {
    return loop.isWhile() && loop.iterable().contains(call);
  }

  /// A method called for its effect, on something the expression reads, may change its value.
  private static boolean isWorkedOn(Node expression, Loop loop) {
    var reads = Names.readIn(expression);
    return loop.body().stream()
        .flatMap(b -> b.find("call"))
        .filter(Node::isWholeStatement)
        .flatMap(c -> Call.of(c).flatMap(Call::receiver).flatMap(Names::path).stream())
        .filter(p -> !p.equals("self") && !p.matches("\\w*log(ger|ging)?\\w*"))
        .anyMatch(p -> reads.stream().anyMatch(r -> r.equals(p) || r.startsWith(p + ".")));
  }

  /// `self.state` of the line is written by another line of the innermost loop.
  private void changes() {
    var loop = spot.loops().stream().findFirst();
    var reads = spot.value().or(() -> spot.calls().stream().findFirst().map(Call::node));
    if (loop.isEmpty() || reads.isEmpty()) {
      return;
    }
    var read = Names.readIn(reads.get());
    for (var statement :
        loop.get().body().stream()
            .flatMap(b -> b.find("assignment", "augmented_assignment"))
            .toList()) {
      var written =
          statement
              .child("left")
              .flatMap(Names::path)
              .filter(p -> p.startsWith("self.") && read.contains(p));
      if (written.isPresent()) {
        facts.seen(
            Known.CHANGES_IN_LOOP,
            "Line %s writes `%s` in the same loop",
            statement.line(),
            written.get());
        return;
      }
    }
  }
}
