package hostperf.stacks;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the function whose calls are the engine's steps.
///
/// A name that is given wins, where a stack has it. Else the busiest thread is followed inwards,
/// each time into the function that holds most of the time, for as long as that function is
/// entered once and stays: a call to `main`, to `run`, to a loop that is never left. The first
/// function whose heaviest callee comes and goes is the root, because that is what a step looks
/// like from outside: scheduling, then the forward pass, then scheduling again. A loop that does
/// nothing but call one function again and again is not a step: that function is.
public final class RootFinder {
  /// A callee that was entered this often comes and goes.
  private static final int VISITS = 10;

  /// A callee with less of its caller's time than this is not where the time goes.
  private static final double HEAVY = 0.3;

  /// A loop around one function spends no less of its time in it, and less than the other in
  /// further functions that come and go.
  private static final double LOOP_AROUND = 0.95;

  private static final double BESIDE = 0.01;

  /// Without an order of time, a callee with more than this of its caller's time is followed.
  private static final double ONLY_CHILD = 0.8;

  /// With less of the thread's time outside imports than this, the program may run within one.
  private static final double PROGRAM = 0.1;

  private RootFinder() {}

  /// @param configured the configuration's root, as `module.Class.method`; may be absent
  /// @param mapped the target map's, most wanted first
  /// @return empty where no thread ran Python code
  public static Optional<Root> find(
      StackProfile profile, Optional<String> configured, List<String> mapped) {
    return configured
        .flatMap(name -> named(profile, name, Root.How.CONFIGURED))
        .or(() -> firstNamed(profile, mapped))
        .or(() -> busiest(profile).map(RootFinder::dividing));
  }

  private static Optional<Root> firstNamed(StackProfile profile, List<String> names) {
    return names.stream()
        .flatMap(name -> named(profile, name, Root.How.TARGET_MAP).stream())
        .findFirst();
  }

  /// The frame that a dotted name means: its tail is the function, what stands before is the file.
  private static Optional<Root> named(StackProfile profile, String name, Root.How how) {
    return profile.tracks().stream()
        .flatMap(track -> EachStack.summed(track.stacks()).stream())
        .flatMap(stack -> stack.frames().stream())
        .distinct()
        .filter(frame -> means(name, frame))
        .findFirst()
        .map(frame -> new Root(frame.function(), frame.file(), how));
  }

  private static boolean means(String name, Frame frame) {
    String dotted = name.replace("::", ".");
    if (!("." + dotted).endsWith("." + frame.function())) {
      return false;
    }
    String module = dotted.substring(0, Math.max(0, dotted.length() - frame.function().length()));
    String path = frame.file().replace('\\', '/').replaceFirst("(/__init__)?\\.pyx?$", "");
    String wanted = module.replaceFirst("\\.$", "").replace('.', '/');
    return wanted.isEmpty() || wanted.equals("__main__") || ("/" + path).endsWith("/" + wanted);
  }

  /// The thread that did most: where several were there as long, the one that was in most places.
  private static Optional<ThreadStacks> busiest(StackProfile profile) {
    return profile.tracks().stream()
        .filter(track -> track.stacks().stream().anyMatch(stack -> !stack.frames().isEmpty()))
        .max(Comparator.comparingDouble(RootFinder::spread));
  }

  /// How long the thread was anywhere but in its most frequent place: a thread that waits is in
  /// one. A launcher that imports a large library and then waits has not worked for it, so imports
  /// count only between threads that did nothing else.
  private static double spread(ThreadStacks track) {
    var stacks = track.stacks().stream().filter(stack -> !stack.frames().isEmpty()).toList();
    var beside = stacks.stream().filter(stack -> !isImporting(stack)).toList();
    return elsewhere(beside) + 1e-3 * elsewhere(stacks) + 1e-6 * weight(stacks);
  }

  private static double elsewhere(List<Stack> stacks) {
    Map<List<Frame>, Double> places = new HashMap<>();
    EachStack.summed(stacks)
        .forEach(stack -> places.merge(stack.frames(), stack.weight(), Double::sum));
    return weight(stacks) - places.values().stream().mapToDouble(w -> w).max().orElse(0);
  }

  /// What runs while modules are imported is no step, however long a large library takes; unless
  /// the program itself runs within an import, and beside it nothing comes and goes.
  private static Root dividing(ThreadStacks track) {
    var all = track.stacks().stream().filter(stack -> !stack.frames().isEmpty()).toList();
    var beside = all.stream().filter(stack -> !isImporting(stack)).toList();
    if (weight(beside) >= PROGRAM * weight(all)) {
      return divided(beside, track.isOrdered()).root();
    }
    return Optional.of(beside)
        .filter(stacks -> track.isOrdered() && !stacks.isEmpty())
        .map(stacks -> divided(stacks, true))
        .filter(Divided::comesAndGoes)
        .orElseGet(() -> divided(all, track.isOrdered()))
        .root();
  }

  /// @param comesAndGoes whether a callee of the root was seen to, else it has none that is heavy
  private record Divided(Root root, boolean comesAndGoes) {}

  private static Divided divided(List<Stack> stacks, boolean isOrdered) {
    List<Stack> inside = stacks;
    // Now and then a profiler misses the outer frames, and some see the interpreter start.
    Frame at = most(callees(inside, 0)).orElseThrow().frame;
    for (int depth = 0; ; depth++) {
      int level = depth;
      Frame here = at;
      inside =
          inside.stream()
              .filter(s -> s.frames().size() > level && s.frames().get(level).isSameFunction(here))
              .toList();
      double all = weight(inside);
      var callees = callees(inside, level + 1);
      Optional<Callee> heaviest = most(callees).filter(most -> most.time >= HEAVY * all);
      boolean comesAndGoes =
          heaviest
              .filter(c -> isOrdered ? c.comesAndGoes() : c.time < ONLY_CHILD * all)
              .isPresent();
      if (heaviest.isEmpty() || comesAndGoes) {
        boolean isLoop = comesAndGoes && isOrdered && isAround(heaviest.get(), callees, all);
        Frame root = isLoop ? heaviest.get().frame : here;
        return new Divided(new Root(root.function(), root.file(), Root.How.FOUND), comesAndGoes);
      }
      at = heaviest.get().frame;
    }
  }

  /// Callees that are entered once or twice are the loop's set-up and end.
  private static boolean isAround(Callee step, Collection<Callee> callees, double all) {
    double once = callees.stream().filter(c -> !c.comesAndGoes()).mapToDouble(c -> c.time).sum();
    double beside =
        callees.stream().filter(c -> c != step && c.comesAndGoes()).mapToDouble(c -> c.time).sum();
    double loop = all - once;
    return step.time >= LOOP_AROUND * loop && beside < BESIDE * loop;
  }

  private static boolean isImporting(Stack stack) {
    return stack.frames().stream().anyMatch(f -> f.file().startsWith("<frozen importlib"));
  }

  private static double weight(List<Stack> stacks) {
    return stacks.stream().mapToDouble(Stack::weight).sum();
  }

  /// A function at one level of the stacks.
  private static final class Callee {
    private final Frame frame;

    /// Of the stacks that have it.
    private double time;

    /// How often it was entered, as far as samples tell.
    private int visits;

    private Callee(Frame frame) {
      this.frame = frame;
    }

    private boolean comesAndGoes() {
      return visits >= VISITS;
    }
  }

  private static Optional<Callee> most(Collection<Callee> callees) {
    return callees.stream().max(Comparator.comparingDouble(c -> c.time));
  }

  private static Collection<Callee> callees(List<Stack> stacks, int level) {
    Map<String, Callee> byFunction = new LinkedHashMap<>();
    @Nullable Callee before = null;
    for (Stack stack : stacks) {
      if (stack.frames().size() <= level) {
        before = null;
        continue;
      }
      Frame frame = stack.frames().get(level);
      var callee =
          byFunction.computeIfAbsent(
              frame.file() + "\0" + frame.function(), _ -> new Callee(frame));
      callee.time += stack.weight();
      callee.visits += callee == before ? 0 : 1;
      before = callee;
    }
    return byFunction.values();
  }
}
