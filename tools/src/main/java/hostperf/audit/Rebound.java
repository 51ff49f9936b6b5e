package hostperf.audit;

import hostperf.audit.NameResolution.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Names of modules and builtins that a patch makes stand for something else, so that unchanged
/// lines below do something new.
final class Rebound {
  private Rebound() {}

  /// The names that a version imports from outside its package.
  static Set<String> imported(Version version) {
    return version.scopes().ofModule().entrySet().stream()
        .filter(
            e ->
                e.getValue().stream()
                    .flatMap(b -> b.origin().stream())
                    .anyMatch(o -> !version.isOwn(o)))
        .map(e -> e.getKey())
        .collect(Collectors.toSet());
  }

  /// @param imported names that must keep their meaning
  static List<Trait> in(Version version, Set<String> imported) {
    var found = new ArrayList<Trait>();
    version
        .scopes()
        .ofModule()
        .forEach(
            (name, bindings) -> {
              if (imported.contains(name) || AllowedBuiltins.has(name)) {
                bindings.forEach(b -> found.add(trait(name, b)));
              }
            });
    version
        .scopes()
        .ofOthers()
        .filter(e -> imported.contains(e.getKey()))
        .forEach(e -> e.getValue().forEach(b -> found.add(trait(e.getKey(), b))));
    return found;
  }

  private static Trait trait(String name, Binding binding) {
    var to = binding.origin().orElseGet(() -> Snippets.own(binding.node()));
    return new Trait(
        Suspicion.MODULES,
        "makes %s stand for %s".formatted(Snippets.quote(name), Snippets.quote(to)),
        name + " = " + to,
        binding.node(),
        Trait.Asked.WHEN_NEW);
  }
}
