package hostperf.propose;

import hostperf.profile.Observed;
import hostperf.propose.Context.Related;
import hostperf.propose.draft.DraftSite;
import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.Modules;
import hostperf.source.Names;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.Shares.CallShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The functions around a hotspot: by samples, where there are any, else by the source of its file
/// and of the functions that were profiled.
final class Neighbourhood {
  private static final int MOST = 8;
  private static final int MOST_ATTRIBUTES = 20;

  private final Sources sources;
  private final Observed observed;
  private final Callees callees;

  Neighbourhood(Sources sources, Observed observed) {
    this.sources = sources;
    this.observed = observed;
    this.callees = new Callees(new Modules(sources));
  }

  Context context(DraftSite site) {
    var function = site.function();
    return new Context(
        callers(function),
        callees(site),
        others(site).map(Other::related).distinct().toList(),
        attributes(read(function), function),
        attributes(Names.writtenIn(function.body()), function),
        List.of());
  }

  /// Another function that calls the same, and where.
  private record Other(PythonFunction function, Call call, String callee) {
    Related related() {
      return new Related(
          function.qualifiedName(),
          function.file().path(),
          call.node().line(),
          Optional.of(true),
          Optional.empty());
    }
  }

  /// Who else calls, with a result that is used, what the statement calls.
  private Stream<Other> others(DraftSite site) {
    var called =
        site.calls()
            .filter(Neighbourhood::isUsed)
            .flatMap(c -> callees.callee(c, site.function()).stream())
            .filter(f -> !f.name().equals("__init__"))
            .collect(Collectors.toSet());
    return called.isEmpty()
        ? Stream.empty()
        : known(site.function())
            .filter(f -> !isSame(f, site.function()))
            .flatMap(
                f ->
                    f.calls().stream()
                        .filter(c -> called.stream().anyMatch(t -> t.name().equals(c.name())))
                        .filter(Neighbourhood::isUsed)
                        .flatMap(
                            c ->
                                callees
                                    .callee(c, f)
                                    .filter(called::contains)
                                    .map(t -> new Other(f, c, t.qualifiedName()))
                                    .stream()));
  }

  /// A file may have been read twice.
  private static boolean isSame(PythonFunction one, PythonFunction other) {
    return one.line() == other.line() && one.file().path().equals(other.file().path());
  }

  /// The function of the checkout that the statement calls.
  Optional<String> callee(DraftSite site) {
    return site.calls()
        .flatMap(c -> callees.callee(c, site.function()).stream())
        .findFirst()
        .map(PythonFunction::qualifiedName);
  }

  private static boolean isUsed(Call call) {
    return !call.node().isWholeStatement();
  }

  /// Only functions that were profiled count: others may not run.
  Optional<String> computedElsewhere(DraftSite site) {
    var profiled = profiled().collect(Collectors.toSet());
    var others = others(site).filter(o -> profiled.contains(o.function())).toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    var places =
        others.stream()
            .filter(o -> o.callee().equals(others.getFirst().callee()))
            .map(
                o ->
                    "`%s` at line %d"
                        .formatted(o.function().qualifiedName(), o.call().node().line()))
            .distinct()
            .toList();
    return Optional.of(
        "`%s` is also called by %s%s"
            .formatted(
                others.getFirst().callee(),
                places.stream().limit(MOST).collect(Collectors.joining(", ")),
                places.size() > MOST
                    ? " and at %d places more".formatted(places.size() - MOST)
                    : ""));
  }

  private List<Related> callers(PythonFunction function) {
    var sampled =
        observed.ranking().stream()
            .flatMap(r -> r.own().calls().stream())
            .filter(c -> is(function, c.function(), c.file()))
            .map(
                c ->
                    new Related(
                        c.from().function(),
                        sources.path(c.from().file()),
                        c.from().line(),
                        Optional.of(true),
                        Optional.of(c.total())))
            .toList();
    return sampled.isEmpty() ? known(function).flatMap(f -> calls(f, function)).toList() : sampled;
  }

  private Stream<Related> calls(PythonFunction from, PythonFunction to) {
    return from.calls().stream()
        .filter(c -> c.name().equals(to.name()))
        .filter(c -> callees.callee(c, from).filter(to::equals).isPresent())
        .map(
            c ->
                new Related(
                    from.qualifiedName(),
                    from.file().path(),
                    c.node().line(),
                    Optional.of(true),
                    Optional.empty()));
  }

  /// By samples those that take most first, else those of the hotspot's own statement.
  private List<Related> callees(DraftSite site) {
    var function = site.function();
    var sums = new LinkedHashMap<String, Related>();
    sampled(c -> is(function, c.from().function(), c.from().file()))
        .forEach(
            c ->
                sums.merge(
                    c.function() + "\0" + c.file(),
                    callee(c, function),
                    (a, b) ->
                        new Related(
                            a.function(),
                            a.file(),
                            a.line(),
                            a.isCall(),
                            Optional.of(a.share().orElse(0.0) + b.share().orElse(0.0)))));
    return (sums.isEmpty()
            ? Stream.concat(site.calls(), function.calls().stream())
                .flatMap(c -> callees.callee(c, function).stream())
                .distinct()
                .map(
                    f ->
                        new Related(
                            f.qualifiedName(),
                            f.file().path(),
                            f.line(),
                            Optional.empty(),
                            Optional.empty()))
            : sums.values().stream()
                .sorted(Comparator.comparingDouble((Related r) -> -r.share().orElse(0.0))))
        .toList();
  }

  /// Where it is defined; where it is called, if that is outside the checkout.
  private Related callee(CallShare call, PythonFunction caller) {
    var defined = sources.file(call.file()).flatMap(f -> f.function(call.function()));
    return new Related(
        call.function(),
        defined.map(f -> f.file().path()).orElse(caller.file().path()),
        defined.map(PythonFunction::line).orElse(call.from().line()),
        Optional.of(true).filter(_ -> defined.isEmpty()),
        Optional.of(call.total()));
  }

  private Stream<CallShare> sampled(Predicate<CallShare> wanted) {
    return observed.ranking().stream().flatMap(r -> r.shares().calls().stream()).filter(wanted);
  }

  private boolean is(PythonFunction function, String name, String file) {
    return (name.equals(function.qualifiedName()) || name.equals(function.name()))
        && sources.isFileOf(file, function);
  }

  /// Of the same file, and those that were profiled.
  private Stream<PythonFunction> known(PythonFunction function) {
    return Stream.concat(function.file().functions().stream(), profiled()).distinct();
  }

  private Stream<PythonFunction> profiled() {
    return observed.lines().functions().stream()
        .flatMap(p -> sources.file(p.file()).flatMap(f -> f.functionAt(p.line())).stream());
  }

  /// Methods that are called stand among the callees; what they are called on is read.
  private static Set<String> read(PythonFunction function) {
    var called =
        function.calls().stream()
            .flatMap(c -> c.function().stream())
            .flatMap(f -> Names.path(f).stream())
            .collect(Collectors.toSet());
    return Names.readIn(function.body()).stream()
        .map(p -> called.contains(p) ? p.substring(0, Math.max(0, p.lastIndexOf('.'))) : p)
        .collect(Collectors.toSet());
  }

  /// Of the object itself and of what the function is given: `self.pool.size`, not locals.
  private static List<String> attributes(Set<String> paths, PythonFunction function) {
    var given =
        function.parameters().stream()
            .map(PythonFunction.Parameter::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    var found = new ArrayList<String>();
    paths.stream()
        .filter(p -> p.contains(".") && given.contains(p.substring(0, p.indexOf('.'))))
        .sorted()
        .filter(p -> found.stream().noneMatch(f -> p.startsWith(f + ".")))
        .forEach(found::add);
    int more = found.size() - MOST_ATTRIBUTES;
    return more <= 0
        ? found
        : Stream.concat(
                found.stream().limit(MOST_ATTRIBUTES), Stream.of("… and %d more".formatted(more)))
            .toList();
  }
}
