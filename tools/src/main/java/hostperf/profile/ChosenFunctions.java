package hostperf.profile;

import hostperf.profile.Passes.Look;
import hostperf.profile.Sampler.Sampled;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.FunctionShare;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The functions that the passes after the samples look at.
///
/// @param bySamples whether samples had a say
/// @param coverage how much of the root's own time they have, by samples
/// @param root as the line profiler takes it; absent where it cannot be named
record ChosenFunctions(
    List<String> functions, boolean bySamples, double coverage, Optional<String> root) {
  /// The line profiler is put on functions until this much of the root's time is in them.
  private static final double COVERED = 0.9;

  /// Each profiled function slows the launch; those beyond have a few tenths of a percent each.
  private static final int MOST_FUNCTIONS = 25;

  private static final int MOST_WATCHED = 12;

  static ChosenFunctions of(
      Look look, Optional<Sampled> sampled, Optional<Ranking> ranking, FunctionNames names) {
    var root = rootName(sampled, ranking);
    if (ranking.isEmpty()) {
      return new ChosenFunctions(
          look.functions().isEmpty() ? look.otherwise() : look.functions(), false, 0, root);
    }
    var named = new LinkedHashSet<>(look.functions());
    boolean chooses = named.isEmpty() || look.deeper().isPresent();
    double covered = 0;
    for (FunctionShare function : ranking.get().own().functions()) {
      var name =
          sampled
              .get()
              .modules()
              .nameOf(function.file(), function.function())
              .filter(n -> canBeNamed(n) && !names.isNested(function.file(), function.function()));
      boolean isWanted =
          chooses
              && covered < COVERED
              && named.size() < MOST_FUNCTIONS + look.functions().size()
              && function.own() > 0;
      if (name.isPresent() && (isWanted || isNamed(named, name.get()))) {
        if (!isNamed(named, name.get())) {
          named.add(name.get());
        }
        covered += function.own();
      }
    }
    root.filter(name -> chooses && !isNamed(named, name)).ifPresent(named::add);
    return new ChosenFunctions(List.copyOf(named), true, covered, root);
  }

  /// The profiler takes `module.function` and `module::function`.
  private static boolean isNamed(Set<String> named, String name) {
    int dot = name.lastIndexOf('.');
    return named.contains(name)
        || named.contains(name.substring(0, dot) + "::" + name.substring(dot + 1));
  }

  private static Optional<String> rootName(Optional<Sampled> sampled, Optional<Ranking> ranking) {
    return ranking
        .map(Ranking::root)
        .flatMap(root -> sampled.flatMap(s -> s.modules().nameOf(root.file(), root.function())))
        .filter(ChosenFunctions::canBeNamed);
  }

  /// A function within a function has no name that the line profiler could find it by.
  private static boolean canBeNamed(String name) {
    return name.matches("[\\p{L}\\p{N}_]+(\\.[\\p{L}\\p{N}_]+)+");
  }

  /// Those whose lines the facts pass looks at.
  List<String> watched(String root) {
    return functions.stream().filter(f -> !f.equals(root)).limit(MOST_WATCHED).toList();
  }
}
