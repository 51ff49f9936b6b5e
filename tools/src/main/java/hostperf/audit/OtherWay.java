package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An exception that is answered by the same work in another form: below
/// `try: ends = torch.tensor(rows)` stands `ends = torch.tensor([r.end for r in rows])`.
///
/// Only around calls of libraries: that the program's own work fails has to show.
record OtherWay(Version version) {
  boolean isTakenBy(Node clause) {
    var work = clause.parent().flatMap(t -> t.child("body")).map(Node::items).orElse(List.of());
    var answer =
        clause.children().stream()
            .filter(c -> c.is("block"))
            .flatMap(b -> b.items().stream())
            .filter(s -> set(s).findAny().isPresent())
            .toList();
    var calls = work.stream().flatMap(OtherWay::calls).toList();
    var called = calls.stream().map(Call::callee).collect(Collectors.toSet());
    return !answer.isEmpty()
        && work.stream().allMatch(s -> set(s).findAny().isPresent())
        && calls.stream().allMatch(this::isLibrarys)
        && answer.stream().allMatch(s -> calls(s).map(Call::callee).anyMatch(called::contains))
        && names(answer).containsAll(readBelow(clause, names(work)));
  }

  private static Stream<Node> set(Node statement) {
    return statement.items().stream()
        .filter(i -> i.is("assignment"))
        .flatMap(a -> a.child("left").stream())
        .filter(l -> l.is("identifier"));
  }

  private static Stream<Call> calls(Node statement) {
    return statement.find("call").flatMap(c -> Call.of(c).stream());
  }

  private boolean isLibrarys(Call call) {
    return call.function()
        .map(f -> version.scopes().resolve(f))
        .filter(names -> !names.isEmpty() && names.stream().noneMatch(version::isOwn))
        .isPresent();
  }

  private static Set<String> names(List<Node> statements) {
    return statements.stream().flatMap(OtherWay::set).map(Node::text).collect(Collectors.toSet());
  }

  private static Set<String> readBelow(Node clause, Set<String> names) {
    int end = clause.parent().orElse(clause).end();
    return clause.ancestor("function_definition", "module").stream()
        .flatMap(f -> f.find("identifier"))
        .filter(i -> i.start() >= end && !i.field().equals("left"))
        .map(Node::text)
        .filter(names::contains)
        .collect(Collectors.toSet());
  }
}
