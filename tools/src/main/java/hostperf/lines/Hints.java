package hostperf.lines;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the hints out of one function's hit counts.
public final class Hints {
  /// Repeated lines matter from a twentieth of the function on: less is within the scatter of a
  /// profiled launch (7 to 19% from one launch to the next on a shared two-core machine).
  private static final double REPEATED_SHARE = 0.05;

  private final FunctionProfile function;
  private final List<LineCost> hit;

  private Hints(FunctionProfile function) {
    this.function = function;
    this.hit = function.lines().stream().filter(line -> line.hits() > 0).toList();
  }

  /// Loops over one element, nested loops, repeated lines; in this order, each by line.
  public static List<Hint> of(FunctionProfile function) {
    var hints = new Hints(function);
    List<Hint> found = new ArrayList<>();
    found.addAll(hints.loopsOverOne());
    found.addAll(hints.nestedLoops());
    found.addAll(hints.repeatedLines());
    return found;
  }

  private List<Hint.LoopOverOne> loopsOverOne() {
    List<Hint.LoopOverOne> found = new ArrayList<>();
    for (int i = 0; i < hit.size(); i++) {
      LineCost header = hit.get(i);
      List<LineCost> body = body(i);
      if (header.isLoopHeader() && !body.isEmpty()) {
        long reached = reached(i);
        boolean once = body.getFirst().hits() == reached;
        if (once && (header.hits() == reached || header.hits() == 2 * reached)) {
          found.add(new Hint.LoopOverOne(header, reached));
        }
      }
    }
    return found;
  }

  private List<Hint.NestedLoop> nestedLoops() {
    List<Hint.NestedLoop> found = new ArrayList<>();
    long calls = Math.max(1, function.calls());
    for (int i = 0; i < hit.size(); i++) {
      List<LineCost> body = body(i);
      Optional<LineCost> outer = enclosingLoop(i);
      if (!hit.get(i).isLoopHeader() || body.isEmpty() || outer.isEmpty()) {
        continue;
      }
      double perOuterTurn = (double) body.getFirst().hits() / outer.get().hits();
      // Twice is what the header of a loop over one element shows; a nested loop shows more.
      if (perOuterTurn > 2) {
        LineCost worst =
            body.stream().max(Comparator.comparingDouble(LineCost::seconds)).orElseThrow();
        found.add(new Hint.NestedLoop(worst, (double) worst.hits() / calls, perOuterTurn));
      }
    }
    return found;
  }

  private List<Hint.RepeatedLines> repeatedLines() {
    Map<String, List<LineCost>> byText = new LinkedHashMap<>();
    hit.stream()
        .filter(line -> line.source().chars().filter(Character::isLetterOrDigit).count() > 3)
        .forEach(
            line ->
                byText.computeIfAbsent(line.source().strip(), _ -> new ArrayList<>()).add(line));
    return byText.values().stream()
        .filter(lines -> lines.size() > 1)
        .map(this::repeated)
        .filter(hint -> hint.share() >= REPEATED_SHARE)
        .toList();
  }

  private Hint.RepeatedLines repeated(List<LineCost> lines) {
    double seconds = lines.stream().mapToDouble(LineCost::seconds).sum();
    double share = function.seconds() == 0 ? 0 : seconds / function.seconds();
    return new Hint.RepeatedLines(lines, seconds, share);
  }

  /// The lines below `i` that are indented deeper.
  private List<LineCost> body(int i) {
    int indent = hit.get(i).indent();
    int at = function.lines().indexOf(hit.get(i));
    // The lines without hits count too: an `else` of the loop is none of its body.
    return function.lines().subList(at + 1, function.lines().size()).stream()
        .filter(line -> !line.source().isBlank())
        .takeWhile(line -> line.indent() > indent)
        .filter(line -> line.hits() > 0)
        .toList();
  }

  /// How often the line `i` was reached from above: the hits of the statement before it in its
  /// block, or of the block's header, or the calls.
  private long reached(int i) {
    int indent = hit.get(i).indent();
    for (int before = i - 1; before >= 0; before--) {
      LineCost line = hit.get(before);
      if (line.indent() == indent && !line.isLoopHeader()) {
        return line.hits();
      }
      if (line.indent() < indent) {
        return line.hits();
      }
    }
    return function.calls();
  }

  private Optional<LineCost> enclosingLoop(int i) {
    int indent = hit.get(i).indent();
    for (int before = i - 1; before >= 0; before--) {
      LineCost line = hit.get(before);
      if (line.indent() < indent) {
        if (line.isLoopHeader()) {
          return Optional.of(line);
        }
        indent = line.indent();
      }
    }
    return Optional.empty();
  }
}
