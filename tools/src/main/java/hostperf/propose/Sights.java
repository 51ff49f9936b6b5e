package hostperf.propose;

import hostperf.catalog.Pattern;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.Fact;
import hostperf.propose.draft.DraftSite;
import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is known of a hotspot: the facts that classifying found, and what patterns ask beyond them.
final class Sights {
  /// What can be seen here, by the words of the heads.
  static final Set<String> WORDS =
      Set.of(
          "rebuilt-from-kept",
          "several-uploads",
          "repeats-without-size",
          "writes-attribute",
          "computed-elsewhere",
          "walks-own-growth");

  private final DraftSite site;
  private final List<Sight> found = new ArrayList<>();

  private Sights(DraftSite site) {
    this.site = site;
  }

  /// Of facts only those that are measured or seen.
  static List<Sight> of(Hotspot hotspot, Optional<DraftSite> site, Neighbourhood around) {
    var all = new ArrayList<Sight>();
    hotspot.judgement().facts().stream()
        .filter(f -> f.source() != Fact.Source.NAMED)
        .forEach(f -> all.add(new Sight(f.known().word(), f.text())));
    site.ifPresent(s -> all.addAll(new Sights(s).found(around)));
    return all;
  }

  /// Those of them that speak for a pattern: the first set that is known altogether.
  static Optional<List<Sight>> speaking(Pattern pattern, List<Sight> sights) {
    var byWord = sights.stream().collect(Collectors.toMap(Sight::word, s -> s, (a, _) -> a));
    return pattern.head().fit().when().stream()
        .filter(set -> byWord.keySet().containsAll(set))
        .findFirst()
        .map(set -> set.stream().map(byWord::get).toList());
  }

  /// Whether something is known that makes a pattern no remedy here, drafted or not.
  static boolean ruleOut(Pattern pattern, List<Sight> sights) {
    return sights.stream().map(Sight::word).anyMatch(pattern.head().fit().unless()::contains);
  }

  private List<Sight> found(Neighbourhood around) {
    rebuilt();
    uploads();
    site.calls().forEach(this::repeated);
    writesAttribute();
    walksOwnGrowth();
    around.computedElsewhere(site).ifPresent(text -> add("computed-elsewhere", text));
    return found;
  }

  private void add(String word, String text) {
    found.add(new Sight(word, text));
  }

  /// `self.order = sorted(self.running)`, while a method adds to `self.running` or takes from it.
  private void rebuilt() {
    var value = site.assignment().flatMap(a -> a.child("right"));
    var walked =
        value
            .filter(v -> v.isComprehension() || isMaker(v))
            .flatMap(
                v ->
                    v.isComprehension()
                        ? v.find("for_in_clause").findFirst().flatMap(c -> c.child("right"))
                        : Call.of(v).flatMap(c -> c.argument(0)))
            .flatMap(Names::path)
            .filter(p -> p.startsWith("self."));
    if (walked.isEmpty() || !site.function().loopsAround(site.statement()).isEmpty()) {
      return;
    }
    site.function().owner().stream()
        .flatMap(c -> c.methods().stream())
        .filter(m -> m.node() != site.function().node())
        .flatMap(m -> m.names().bindings(walked.get()).stream())
        .filter(b -> b.kind() == Names.Kind.MUTATED)
        .findFirst()
        .ifPresent(
            b ->
                add(
                    "rebuilt-from-kept",
                    "All of `%s` is walked here, while line %d changes one element of it"
                        .formatted(walked.get(), b.line())));
  }

  private static boolean isMaker(Node value) {
    return Call.of(value)
        .filter(c -> c.callee().matches("sorted|list|set|dict|tuple|frozenset"))
        .isPresent();
  }

  /// Statements of the same block that each bring host data to the device.
  private void uploads() {
    var lines =
        site.siblings().stream()
            .filter(s -> s.is("expression_statement"))
            .filter(
                s -> s.find("call").filter(c -> !Statements.isInBranch(c)).anyMatch(this::uploads))
            .map(Node::line)
            .toList();
    if (lines.size() > 1 && lines.contains(site.statement().line())) {
      add(
          "several-uploads",
          "Lines %s each bring host data to a device"
              .formatted(lines.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
  }

  private boolean uploads(Node node) {
    return Call.of(node)
        .filter(c -> c.isNamed("to", "cuda", "tensor", "as_tensor", "new_tensor"))
        .filter(_ -> site.devices().of(node).device() == Device.GPU)
        .flatMap(c -> c.isNamed("to", "cuda") ? c.receiver() : c.argument(0))
        .filter(s -> site.devices().of(s).device().isHost())
        .isPresent();
  }

  private void repeated(Call call) {
    if (call.isNamed("repeat_interleave")
        && call.keyword("output_size").isEmpty()
        && call.positional().stream().noneMatch(a -> a.is("integer"))) {
      add("repeats-without-size", "`%s` gets no output size".formatted(call.callee()));
    }
  }

  private void writesAttribute() {
    site.assignment()
        .flatMap(a -> a.child("left"))
        .filter(l -> l.is("attribute") && !site.function().loopsAround(l).isEmpty())
        .ifPresent(
            l ->
                add(
                    "writes-attribute",
                    "`%s` is set in each iteration, changed or not".formatted(l.text())));
  }

  /// In a loop over objects all of what an object collected is gone over again.
  private void walksOwnGrowth() {
    var loops = site.function().loopsAround(site.statement());
    var objects = loops.stream().flatMap(l -> l.names().stream()).collect(Collectors.toSet());
    site.calls()
        .filter(c -> c.isNamed("sum", "len", "list", "max", "min", "sorted", "set", "tuple", "any"))
        .filter(c -> !c.isNamed("len"))
        .flatMap(c -> c.argument(0).stream())
        .flatMap(a -> Names.path(a).stream())
        .filter(p -> p.contains(".") && objects.contains(p.substring(0, p.indexOf('.'))))
        .filter(this::grows)
        .findFirst()
        .ifPresent(
            p ->
                add(
                    "walks-own-growth",
                    "All of `%s` is walked for each object, and it grows by `append` or `extend`"
                        .formatted(p)));
  }

  /// Somewhere in the file elements are added to an attribute of that name.
  private boolean grows(String path) {
    var attribute = path.substring(path.lastIndexOf('.') + 1);
    return site.file().text().matches("(?s).*\\." + attribute + "\\.(append|extend)\\(.*");
  }
}
