package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Kind;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Names.Write;
import hostperf.source.Node;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether an expression has the same value throughout a stretch of code.
///
/// It is stable when nothing there binds or changes what it reads, also inside the properties and
/// functions that it runs, under this name or another. Calls that cannot be looked into and get
/// nothing of it are trusted, and then it says so: the fact `no_writer` is `seen` only when
/// there is nothing left to trust.
record Stability(Optional<Attempt.Refused> broken, boolean isSeen) {

  static Stability in(Loop loop, Node expression, DraftSite site) {
    return in(loop, Read.of(expression, site), expression, site);
  }

  /// Also what a container or tensor holds.
  static Stability ofContents(Loop loop, Node container, DraftSite site) {
    return in(loop, Read.of(container, site).withContents(), container, site);
  }

  private static Stability in(Loop loop, Read read, Node expression, DraftSite site) {
    if (loop.names().stream().anyMatch(read::isBoundBy)) {
      return broken(
          true, "invariant", "`%s` differs between iterations".formatted(Syntax.brief(expression)));
    }
    var turns =
        loop.isWhile()
            ? Stream.concat(Stream.of(loop.iterable()), loop.body().stream()).toList()
            : loop.body();
    var stable = over(turns, read, expression, site);
    // A generator that is iterated over runs on each turn, whatever it does.
    return loop.isWhile() || site.kinds().isReiterable(loop.iterable())
        ? stable
        : new Stability(stable.broken(), false);
  }

  /// Over nodes that run while the value is kept.
  static Stability over(List<Node> nodes, Node expression, DraftSite site) {
    return over(nodes, Read.of(expression, site), expression, site);
  }

  private static Stability over(List<Node> nodes, Read read, Node expression, DraftSite site) {
    boolean seen = true;
    for (var node : nodes) {
      var changed = read.changedBy(Names.writesIn(node));
      if (changed.isPresent()) {
        return changed.get();
      }
      if (node.tree().anyMatch(n -> n.is("await", "yield")) && read.isShared()) {
        return broken(false, "no_writer", "control is given away there, and others may write");
      }
      for (var part : node.find("call", "attribute").toList()) {
        if (expression.contains(part) || site.effects().isPure(part)) {
          continue;
        }
        var one =
            Call.of(part)
                .map(c -> call(c, read, site))
                .orElseGet(() -> attribute(part, read, site));
        if (one.broken().isPresent()) {
          return one;
        }
        seen &= one.isSeen();
      }
    }
    return new Stability(Optional.empty(), seen);
  }

  /// What a stable value proves of the pattern's facts.
  List<String> seen() {
    return isSeen ? List.of("invariant", "no_writer") : List.of("invariant");
  }

  /// The same refusal under the name that a pattern has for the fact.
  Optional<Attempt> refusal(String fact) {
    return broken.map(b -> new Attempt.Refused(fact, b.contradicted(), b.why()));
  }

  private static Stability call(Call call, Read read, DraftSite site) {
    if (grows(call, site)) {
      return SEEN;
    }
    var writes = InlinedCall.of(call, site).map(InlinedCall::writes);
    var changed = writes.flatMap(w -> read.changedBy(w.known()));
    if (changed.isPresent()) {
      return changed.get();
    }
    if (writes.filter(InlinedCall.Writes::isAll).isPresent()) {
      return SEEN;
    }
    if (site.effects().onlyReads(call.node())) {
      return TRUSTED;
    }
    return handed(call).anyMatch(h -> read.paths().stream().anyMatch(r -> below(r, h)))
        ? broken(
            false,
            "no_writer",
            "`%s` at line %d may change it"
                .formatted(Syntax.brief(call.node()), call.node().line()))
        : TRUSTED;
  }

  private static Stability attribute(Node attribute, Read read, DraftSite site) {
    return InlinedCall.ofProperty(attribute, site)
        .map(InlinedCall::writes)
        .map(w -> read.changedBy(w.known()).orElse(w.isAll() ? SEEN : TRUSTED))
        .reduce(TRUSTED, (a, b) -> a.broken().isPresent() ? a : b);
  }

  private static final Stability SEEN = new Stability(Optional.empty(), true);
  private static final Stability TRUSTED = new Stability(Optional.empty(), false);

  private static Stability broken(boolean contradicted, String fact, String why) {
    return new Stability(Optional.of(new Attempt.Refused(fact, contradicted, why)), false);
  }

  /// A container of Python's that it changes: nothing else happens.
  static boolean grows(Call call, DraftSite site) {
    return Names.mutates(call.name())
        && call.receiver()
            .filter(
                r ->
                    site.kinds().is(r, Kind.LIST, Kind.DICT, Kind.SET, Kind.DEQUE, Kind.DEFAULTING))
            .isPresent();
  }

  private static Stream<String> handed(Call call) {
    return Stream.concat(
            call.receiver().stream(),
            call.node().child("arguments").stream()
                .flatMap(a -> a.items().stream())
                .map(a -> a.is("keyword_argument") ? a.child("value").orElse(a) : a))
        .flatMap(n -> Names.path(n).stream());
  }

  private static boolean below(String read, String handed) {
    return read.equals(handed) || read.startsWith(handed + ".");
  }

  private static boolean overlap(String a, String b) {
    return below(a, b) || below(b, a);
  }

  /// What an expression reads, itself and in what it runs.
  ///
  /// @param isOfContents whether it looks into containers, which others may hold too
  private record Read(Set<String> paths, boolean isOfContents, DraftSite site) {

    static Read of(Node expression, DraftSite site) {
      var bound = Names.writtenIn(expression); // the variables of a comprehension inside
      var paths =
          Stream.of(
                  Names.readIn(expression).stream(),
                  Names.path(expression).stream(),
                  InlinedCall.of(expression, site).stream().flatMap(r -> r.reads().stream()))
              .flatMap(s -> s)
              .filter(r -> bound.stream().noneMatch(b -> overlap(r, b)))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      return new Read(
          paths,
          expression
              .find("call", "subscript", "comparison_operator", "for_in_clause")
              .findAny()
              .isPresent(),
          site);
    }

    Read withContents() {
      return new Read(paths, true, site);
    }

    boolean isBoundBy(String name) {
      return paths.stream().anyMatch(p -> overlap(p, name));
    }

    /// Whether anybody else can reach it.
    boolean isShared() {
      return isOfContents || paths.stream().anyMatch(p -> p.contains("."));
    }

    Optional<Stability> changedBy(Collection<Write> writes) {
      for (var write : writes) {
        var written = write.path();
        if (isBoundBy(written)) {
          return Optional.of(broken(true, "invariant", "`%s` is changed there".formatted(written)));
        }
        int dot = written.lastIndexOf('.');
        var attribute = written.substring(dot + 1);
        if (dot >= 0
            && paths.stream().anyMatch(p -> Arrays.asList(p.split("\\.")).indexOf(attribute) > 0)) {
          return Optional.of(
              broken(
                  false,
                  "no_writer",
                  "`%s` is set there, perhaps of the same object".formatted(written)));
        }
        if (isOfContents && write.isInPlace() && !isAnother(written)) {
          return Optional.of(
              broken(
                  false,
                  "no_writer",
                  "`%s` is changed there, and may be the same under another name"
                      .formatted(written)));
        }
      }
      return Optional.empty();
    }

    /// Surely another object than what is read: made here, and not under this name too; or one that
    /// the constructor made, as what is read is.
    private boolean isAnother(String written) {
      boolean aliased =
          paths.stream()
              .map(p -> p.split("\\.")[0])
              .flatMap(head -> site.names().bindings(head).stream())
              .flatMap(b -> b.value().stream())
              .anyMatch(v -> Names.readIn(v).contains(written));
      return !aliased
          && (site.isMadeHere(written)
              || site.isMadeByConstructor(written)
                  && paths.stream()
                      .filter(p -> !p.equals("self"))
                      .allMatch(p -> site.isMadeHere(p) || site.isMadeByConstructor(p)));
    }
  }
}
