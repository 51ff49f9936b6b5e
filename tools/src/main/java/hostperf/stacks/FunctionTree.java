package hostperf.stacks;

import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.FunctionShare;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/// Where time goes from the root down, each function once: below the caller that spends most in it,
/// with its time summed over all callers.
///
/// Functions that take little are left out, and so is what only passes a call on.
///
/// @param rows callers before callees, larger callees first
/// @param hidden how many functions with time of their own are left out for being small
/// @param hiddenOwn the time of their own that those have
/// @param hiddenMost the largest total share that was left out for being small
public record FunctionTree(List<Row> rows, int hidden, double hiddenOwn, double hiddenMost) {
  /// Less is not worth a row, however few there are.
  private static final double SMALLEST = 0.01;

  /// A function only passes a call on where one callee takes this part of its time and it has
  /// hardly any of its own.
  private static final double PASSED_ON = 0.9;

  private static final double HARDLY = 0.01;

  /// @param fromCaller the share of the root's time that the caller above spends in it, by way of
  ///     those left out between; its total share where no other spends time in it
  /// @param callers how many functions call it
  /// @param recursive whether it calls itself, directly or through others
  public record Row(
      int depth, FunctionShare function, double fromCaller, int callers, boolean recursive) {}

  public FunctionTree {
    rows = List.copyOf(rows);
  }

  private record Function(String name, String file) {}

  private record Edge(Function from, Function to, double share) {}

  /// @param most rows at most
  public static FunctionTree of(Shares shares, Root root, int most) {
    return new Growing(shares, root).tree(most);
  }

  private static final class Growing {
    private static final Function NONE = new Function("", "");

    private final Map<Function, FunctionShare> functions = new LinkedHashMap<>();
    private final Map<Function, List<Edge>> callees = new HashMap<>();
    private final Map<Function, Integer> callers = new HashMap<>();
    private final Map<Function, List<Edge>> below = new HashMap<>();
    private final Map<Function, Double> mostBelow = new HashMap<>();
    private final Set<Function> recursive = new HashSet<>();

    Growing(Shares shares, Root root) {
      shares.functions().stream()
          .sorted(Comparator.comparingDouble(FunctionShare::total).reversed())
          .forEach(f -> functions.put(new Function(f.function(), f.file()), f));
      edges(shares.calls());
      attach(new Function(root.function(), root.file()));
    }

    private void edges(List<CallShare> calls) {
      Map<Function, Map<Function, Double>> sums = new LinkedHashMap<>();
      for (CallShare call : calls) {
        var from = new Function(call.from().function(), call.from().file());
        var to = new Function(call.function(), call.file());
        if (from.equals(to)) {
          recursive.add(to);
        } else {
          sums.computeIfAbsent(from, _ -> new LinkedHashMap<>())
              .merge(to, call.total(), Double::sum);
        }
      }
      sums.forEach(
          (from, each) ->
              each.forEach(
                  (to, share) -> {
                    callers.merge(to, 1, Integer::sum);
                    callees
                        .computeIfAbsent(from, _ -> new ArrayList<>())
                        .add(new Edge(from, to, Math.min(share, total(to))));
                  }));
    }

    private double total(Function function) {
      var share = functions.get(function);
      return share == null ? 0 : share.total();
    }

    /// The largest call first, from what is attached already; what no call reaches stands on top.
    private void attach(Function root) {
      var attached = new HashSet<Function>();
      List<Edge> order = new ArrayList<>();
      var open =
          new PriorityQueue<>(
              Comparator.comparingDouble(Edge::share)
                  .reversed()
                  .thenComparing(edge -> edge.to().toString()));
      List<Function> tops = new ArrayList<>();
      if (functions.containsKey(root)) {
        tops.add(root);
      } else {
        functions.keySet().stream().filter(f -> !callers.containsKey(f)).forEach(tops::add);
      }
      tops.addAll(functions.keySet());
      for (Function top : tops) {
        if (!attached.contains(top)) {
          open.add(new Edge(NONE, top, total(top)));
        }
        while (!open.isEmpty()) {
          Edge edge = open.remove();
          if (attached.add(edge.to())) {
            order.add(edge);
            below.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge);
            open.addAll(callees.getOrDefault(edge.to(), List.of()));
          }
        }
      }
      for (Edge edge : order.reversed()) {
        double most = mostBelow.merge(edge.to(), total(edge.to()), Math::max);
        mostBelow.merge(edge.from(), most, Math::max);
      }
      findRecursion();
    }

    /// A call that leads back to one of its own callers in the tree.
    private void findRecursion() {
      var parents = new HashMap<Function, Function>();
      below.forEach((from, edges) -> edges.forEach(edge -> parents.put(edge.to(), from)));
      callees.values().stream()
          .flatMap(List::stream)
          .forEach(
              edge -> {
                for (Function at = edge.from();
                    at != null && !at.equals(NONE);
                    at = parents.get(at)) {
                  if (at.equals(edge.to())) {
                    recursive.add(at);
                  }
                }
              });
    }

    FunctionTree tree(int most) {
      List<Double> totals = functions.values().stream().map(FunctionShare::total).toList();
      List<Row> rows = List.of();
      double least = SMALLEST;
      for (int i = Math.min(2 * most, totals.size()); i >= 0; i--) {
        least = Math.max(SMALLEST, i == totals.size() ? 0 : totals.get(i));
        rows = rows(least);
        if (rows.size() <= most) {
          break;
        }
      }
      return counted(rows, least);
    }

    /// @param most what the caller shown above can spend in it, by way of those left out between
    private record Place(Edge edge, int depth, double most) {}

    /// Without recursion: a profile may be as deep as it likes.
    private List<Row> rows(double least) {
      var rows = new ArrayList<Row>();
      var open = new ArrayDeque<Place>();
      push(new Place(new Edge(NONE, NONE, 1), -1, 1), false, least, open);
      while (!open.isEmpty()) {
        var place = open.pop();
        Edge edge = place.edge();
        boolean skips = !edge.from().equals(NONE) && passesOn(edge.to());
        if (!skips) {
          rows.add(row(place));
        }
        push(place, skips, least, open);
      }
      return rows;
    }

    /// The largest is the next. A callee may take more than the caller above it, which is one of
    /// several.
    private void push(Place above, boolean isSkipped, double least, Deque<Place> open) {
      Function from = above.edge().to();
      int depth = isSkipped ? above.depth() : above.depth() + 1;
      double most = isSkipped ? fromCaller(above) : 1;
      below.getOrDefault(from, List.of()).stream()
          .filter(edge -> mostBelow.getOrDefault(edge.to(), 0.0) >= least)
          .sorted(Comparator.comparingDouble(edge -> total(edge.to())))
          .forEach(edge -> open.push(new Place(edge, depth, most)));
    }

    private static double fromCaller(Place place) {
      return Math.min(place.most(), place.edge().share());
    }

    private boolean passesOn(Function function) {
      var share = Objects.requireNonNull(functions.get(function));
      return share.own() < HARDLY
          && below.getOrDefault(function, List.of()).stream()
              .anyMatch(edge -> edge.share() >= PASSED_ON * share.total());
    }

    private Row row(Place place) {
      Function to = place.edge().to();
      return new Row(
          place.depth(),
          Objects.requireNonNull(functions.get(to)),
          fromCaller(place),
          callers.getOrDefault(to, 0),
          recursive.contains(to));
    }

    private FunctionTree counted(List<Row> rows, double least) {
      var shown = rows.stream().map(Row::function).collect(Collectors.toSet());
      var hidden =
          functions.values().stream().filter(f -> f.own() > 0 && !shown.contains(f)).toList();
      return new FunctionTree(
          rows,
          hidden.size(),
          hidden.stream().mapToDouble(FunctionShare::own).sum(),
          hidden.stream()
              .mapToDouble(FunctionShare::total)
              .filter(total -> total < least)
              .max()
              .orElse(0));
    }
  }
}
