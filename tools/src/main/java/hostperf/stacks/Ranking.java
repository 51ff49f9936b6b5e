package hostperf.stacks;

import hostperf.source.Sources;
import hostperf.stacks.Shares.FunctionShare;
import hostperf.stacks.Shares.LineShare;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/// Where the time of the engine's steps goes.
///
/// @param root whose time the shares are shares of
/// @param shares of the root's steady time, over all threads that ran it
/// @param own the same with libraries folded into the lines of the engine that call them
/// @param seconds that time; 0 where the profile counts samples only
/// @param samples how many samples it has; 0 where the profile does not count them
/// @param evenness as many samples of one weight tell as much as so many of these, 0 to 1: a
///     profiler that is late gives one sample the weight of many
/// @param warmUp the part of the root's time that was left out as warm-up, 0 to 1
/// @param outside lines of the root's threads between its first and its last call, but outside the
///     root, as shares of the time between
/// @param outsideShare their sum
/// @param holding how much of its own time each function held the interpreter lock, 0 to 1; without
///     functions that have too few samples to tell, and empty where that was not sampled
/// @param threads every thread, most time in Python code first
/// @param processes shares by process, libraries folded, where several ran the root and have enough
///     samples to be compared
/// @param stays stretches at one line that are most of what the line took, the longest first
public record Ranking(
    Root root,
    Shares shares,
    Shares own,
    double seconds,
    long samples,
    double evenness,
    double warmUp,
    List<LineShare> outside,
    double outsideShare,
    Map<String, Double> holding,
    List<ThreadTime> threads,
    Map<Long, Shares> processes,
    List<LongStay> stays) {

  /// @param root whether it ran the root
  /// @param python how long it was in Python code, in the unit of the profile
  /// @param most where it was most of that time
  /// @param mostShare how much of it
  public record ThreadTime(
      long process, String thread, boolean root, double python, Frame most, double mostShare) {}

  private static final int MOST_OUTSIDE = 3;

  /// In less of the time than this, frames of the engine are no reason to leave out all others.
  private static final double ENGINE = 0.1;

  /// With fewer samples a share of a tenth is known to a factor of two at best.
  private static final int ENOUGH = 50;

  /// Who holds the lock is sampled by itself: of fewer samples than these, what two samplers see of
  /// one function differs by chance alone.
  private static final int ENOUGH_TO_TELL = 30;

  public Ranking {
    outside = List.copyOf(outside);
    holding = Map.copyOf(holding);
    threads = List.copyOf(threads);
    processes = Collections.unmodifiableMap(new TreeMap<>(processes));
    stays = List.copyOf(stays);
  }

  /// Those at some lines of a file, which profiles may name otherwise.
  public List<LongStay> stays(Sources sources, String file, int first, int last) {
    var path = sources.path(file);
    return stays.stream()
        .filter(s -> s.isIn(first, last) && sources.path(s.at().file()).equals(path))
        .toList();
  }

  /// @param wall where threads were, frames with qualified names
  /// @param holding where the holders of the interpreter lock were, in seconds; named alike
  /// @param engine tells its code from libraries
  public static Ranking of(
      StackProfile wall, Optional<StackProfile> holding, Root root, Own engine) {
    List<Stack> steady = new ArrayList<>();
    Map<Long, List<Stack>> byProcess = new TreeMap<>();
    List<Stack> outside = new ArrayList<>();
    double warmUp = 0;
    double between = 0;
    var rootward = Steady.rootward(root);
    for (ThreadStacks track : wall.tracks()) {
      var part = Steady.of(track, rootward);
      if (part.stacks().isEmpty()) {
        continue;
      }
      steady.addAll(part.stacks());
      byProcess.computeIfAbsent(track.process(), _ -> new ArrayList<>()).addAll(part.stacks());
      warmUp += part.warmUp();
      var isInside = new EachStack<>(frames -> !root.below(frames).isEmpty());
      for (Stack stack : betweenCalls(track, isInside)) {
        between += stack.weight();
        if (!isInside.of(stack) && !stack.frames().isEmpty()) {
          outside.add(stack);
        }
      }
    }
    var shares = Shares.of(steady);
    var around = Shares.of(outside);
    double share = between == 0 ? 0 : around.weight() / between;
    long samples = samples(wall, steady, shares);
    double evenness =
        samples == 0 || wall.unit() == StackProfile.Unit.SAMPLES
            ? 1
            : (double) evenly(steady) / samples;
    var folded = folded(steady, engine);
    return new Ranking(
        root,
        shares,
        folded.map(Shares::of).orElse(shares),
        wall.unit() == StackProfile.Unit.SECONDS ? shares.weight() : 0,
        samples,
        evenness,
        shares.weight() + warmUp == 0 ? 0 : warmUp / (shares.weight() + warmUp),
        ownLines(around, share),
        share,
        holding
            .filter(h -> isSeenInAll(h, byProcess, root))
            .map(h -> held(h, samples * evenness, shares, root))
            .orElseGet(Map::of),
        threads(wall, root),
        byProcess.size() < 2 ? Map.of() : each(byProcess, wall, engine),
        LongStay.in(wall, root, folded.isPresent() ? engine::folded : stack -> stack));
  }

  public RankComparison compared() {
    return RankComparison.of(processes, samples / Math.max(shares.weight(), Double.MIN_NORMAL));
  }

  /// How many processes ran the root and have too few samples to be compared.
  public long uncompared() {
    long all =
        threads.stream().filter(ThreadTime::root).map(ThreadTime::process).distinct().count();
    return all < 2 ? 0 : all - processes.size();
  }

  /// Of all that a tracing profiler counted: there are no lines and no threads.
  public static Ranking of(CallGraph graph) {
    var shares = graph.shares();
    return new Ranking(
        new Root("", "", Root.How.WHOLE),
        shares,
        shares,
        graph.seconds(),
        0,
        1,
        0,
        List.of(),
        0,
        Map.of(),
        List.of(),
        Map.of(),
        List.of());
  }

  /// Nothing where nearly all is a library, as in a profile that names no files.
  private static Optional<List<Stack>> folded(List<Stack> steady, Own engine) {
    var each = EachStack.summed(steady);
    double inEngine =
        each.stream()
            .filter(s -> s.frames().stream().anyMatch(engine::has))
            .mapToDouble(Stack::weight)
            .sum();
    double all = each.stream().mapToDouble(Stack::weight).sum();
    return inEngine > 0 && inEngine >= ENGINE * all
        ? Optional.of(each.stream().map(engine::folded).toList())
        : Optional.empty();
  }

  private static long samples(StackProfile wall, List<Stack> steady, Shares shares) {
    return switch (wall.unit()) {
      case SAMPLES -> EvenWeights.areCounts(wall) ? Math.round(shares.weight()) : 0;
      case SECONDS -> wall.tracks().stream().allMatch(ThreadStacks::isOrdered) ? steady.size() : 0;
    };
  }

  /// As many samples of one weight tell as much as these.
  private static long evenly(List<Stack> samples) {
    double sum = samples.stream().mapToDouble(Stack::weight).sum();
    double squares = samples.stream().mapToDouble(s -> s.weight() * s.weight()).sum();
    return squares == 0 ? 0 : Math.round(sum * sum / squares);
  }

  /// Whether lines can be told apart by it; a profile that counts no samples is believed.
  public boolean hasEnough() {
    return samples == 0 || samples * evenness >= ENOUGH;
  }

  /// The key of `holding`.
  public static String key(String function, String file) {
    return file + "\0" + function;
  }

  private static Map<Long, Shares> each(
      Map<Long, List<Stack>> byProcess, StackProfile wall, Own engine) {
    Map<Long, Shares> shares = new ConcurrentSkipListMap<>();
    byProcess.entrySet().parallelStream()
        .forEach(
            one -> {
              var stacks = one.getValue();
              var all = Shares.of(folded(stacks, engine).orElse(stacks));
              long samples = samples(wall, stacks, all);
              if (samples == 0 || samples >= ENOUGH_TO_TELL) {
                shares.put(one.getKey(), all);
              }
            });
    return shares.size() < 2 ? Map.of() : shares;
  }

  /// Nothing without an order of time: start and end of the program cannot be told apart from it.
  private static List<Stack> betweenCalls(ThreadStacks track, EachStack<Boolean> isInside) {
    if (!track.isOrdered()) {
      return List.of();
    }
    int first = -1;
    int last = -1;
    for (int i = 0; i < track.stacks().size(); i++) {
      if (isInside.of(track.stacks().get(i))) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    return first < 0 ? List.of() : track.stacks().subList(first, last + 1);
  }

  private static List<LineShare> ownLines(Shares around, double share) {
    return around.lines().stream()
        .filter(line -> line.own() > 0)
        .map(l -> new LineShare(l.place(), l.own() * share, l.total() * share))
        .sorted(Comparator.comparingDouble(LineShare::own).reversed())
        .limit(MOST_OUTSIDE)
        .toList();
  }

  /// Where a process ran the root and was never seen to hold the lock in it, holders were not
  /// looked for there.
  private static boolean isSeenInAll(
      StackProfile holding, Map<Long, List<Stack>> byProcess, Root root) {
    var seen =
        holding.tracks().stream()
            .filter(track -> track.stacks().stream().anyMatch(s -> root.isIn(s.frames())))
            .map(ThreadStacks::process)
            .collect(Collectors.toSet());
    return byProcess.entrySet().stream()
        .filter(one -> one.getValue().size() >= ENOUGH_TO_TELL)
        .allMatch(one -> seen.contains(one.getKey()));
  }

  private static Map<String, Double> held(
      StackProfile holding, double samples, Shares wall, Root root) {
    Map<String, Double> seconds = new HashMap<>();
    for (ThreadStacks track : holding.tracks()) {
      for (Stack stack : EachStack.summed(track.stacks())) {
        var below = root.below(stack.frames());
        if (!below.isEmpty()) {
          Frame last = below.getLast();
          seconds.merge(key(last.function(), last.file()), stack.weight(), Double::sum);
        }
      }
    }
    Map<String, Double> held = new HashMap<>();
    for (FunctionShare function : wall.functions()) {
      if (function.own() * samples >= ENOUGH_TO_TELL) {
        var key = key(function.function(), function.file());
        double own = function.own() * wall.weight();
        held.put(key, Math.min(1, seconds.getOrDefault(key, 0.0) / own));
      }
    }
    return held;
  }

  private static List<ThreadTime> threads(StackProfile wall, Root root) {
    List<ThreadTime> threads = new ArrayList<>();
    for (ThreadStacks track : wall.tracks()) {
      List<Stack> python =
          track.stacks().stream().filter(stack -> !stack.frames().isEmpty()).toList();
      var shares = Shares.of(python);
      shares.lines().stream()
          .max(Comparator.comparingDouble(LineShare::own))
          .ifPresent(
              most ->
                  threads.add(
                      new ThreadTime(
                          track.process(),
                          track.thread(),
                          EachStack.summed(python).stream()
                              .anyMatch(s -> !root.below(s.frames()).isEmpty()),
                          shares.weight(),
                          most.place(),
                          most.own())));
    }
    threads.sort(Comparator.comparingDouble(ThreadTime::python).reversed());
    return threads;
  }
}
