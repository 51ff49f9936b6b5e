package hostperf.stacks;

import hostperf.stacks.Shares.LineShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who calls whom in one view of a profile, as a picture of it needs it: calls that are too small
/// to be seen are left out, and counted.
///
/// @param view what it shows
/// @param weight the whole that shares are shares of, in the unit of the profile
/// @param nodes callers before callees, larger callees first
/// @param dropped how many calls are left out
/// @param lines that take a share worth seeing
public record CallTree(
    View view, double weight, List<Node> nodes, int dropped, List<LineShare> lines) {
  private static final double SMALLEST = 0.0005;
  private static final int MOST_NODES = 10_000;
  private static final int DEEPEST = 300;
  private static final int MOST_THREADS = 12;

  /// @param process 0 where it is of all processes, or not known
  /// @param thread empty for the root's steps over all threads
  /// @param isHolding whether it has the holders of the interpreter lock only
  public record View(long process, String thread, boolean isHolding) {}

  /// @param own share of the weight, without what it calls
  public record Node(int depth, String function, String file, double own, double total) {}

  public CallTree {
    nodes = List.copyOf(nodes);
    lines = List.copyOf(lines);
  }

  /// The root's steps first, then each thread by its time; empty where nothing was sampled.
  public static List<CallTree> of(Root root, SeenStacks seen) {
    List<CallTree> trees = new ArrayList<>();
    var rootward = Steady.rootward(root);
    trees.add(
        of(
            new View(0, "", false),
            seen.wall().tracks().stream()
                .flatMap(track -> Steady.of(track, rootward).stacks().stream())
                .toList()));
    seen.holding()
        .ifPresent(
            holding ->
                trees.add(
                    of(
                        new View(0, "", true),
                        holding.tracks().stream()
                            .flatMap(track -> track.stacks().stream())
                            .map(stack -> new Stack(root.below(stack.frames()), stack.weight()))
                            .toList())));
    trees.addAll(threads(seen.wall(), false));
    seen.holding().ifPresent(holding -> trees.addAll(threads(holding, true)));
    return trees.stream().filter(tree -> !tree.nodes().isEmpty()).toList();
  }

  private static List<CallTree> threads(StackProfile profile, boolean isHolding) {
    return profile.tracks().stream()
        .sorted(Comparator.comparingDouble(ThreadStacks::weight).reversed())
        .limit(MOST_THREADS)
        .map(t -> of(new View(t.process(), t.thread(), isHolding), t.stacks()))
        .toList();
  }

  private static CallTree of(View view, List<Stack> stacks) {
    var top = new Sum();
    for (Stack stack : EachStack.summed(stacks)) {
      if (!stack.frames().isEmpty()) {
        top.add(stack);
      }
    }
    double least = SMALLEST;
    List<Node> nodes = new ArrayList<>();
    int[] dropped = new int[1];
    do {
      nodes.clear();
      dropped[0] = 0;
      top.write(nodes, dropped, -1, top.total, least * top.total);
      least *= 2;
    } while (nodes.size() > MOST_NODES);
    var lines =
        Shares.of(stacks).lines().stream().filter(line -> line.total() >= SMALLEST).toList();
    return new CallTree(view, top.total, nodes, dropped[0], lines);
  }

  private record Function(String name, String file) {}

  private static final class Sum {
    private final Map<Function, Sum> callees = new HashMap<>();
    private double own;
    private double total;

    void add(Stack stack) {
      total += stack.weight();
      Sum at = this;
      for (Frame frame : stack.frames().subList(0, Math.min(DEEPEST, stack.frames().size()))) {
        at =
            at.callees.computeIfAbsent(
                new Function(frame.function(), frame.file()), _ -> new Sum());
        at.total += stack.weight();
      }
      at.own += stack.weight();
    }

    void write(List<Node> nodes, int[] dropped, int depth, double all, double least) {
      List<Map.Entry<Function, Sum>> order = new ArrayList<>(callees.entrySet());
      order.sort(
          Comparator.comparingDouble((Map.Entry<Function, Sum> e) -> e.getValue().total)
              .reversed()
              .thenComparing(e -> e.getKey().toString()));
      for (var entry : order) {
        Sum sum = entry.getValue();
        if (sum.total < least) {
          dropped[0]++;
        } else {
          Function f = entry.getKey();
          nodes.add(new Node(depth + 1, f.name(), f.file(), sum.own / all, sum.total / all));
          sum.write(nodes, dropped, depth + 1, all, least);
        }
      }
    }
  }
}
