package hostperf.patch;

import hostperf.patch.Finding.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks a patch through for what an agent that wants good figures might be tempted to do.
///
/// It judges added lines, and removed ones where taking something away is the trick. It errs on
/// the side of showing a line: a patch with findings is never approved without a person. Debug log
/// lines that only move under the guard that they would ask themselves are no suspicion.
public final class Audit {
  private Audit() {}

  /// Findings in the order of files and lines, removed lines of a file first.
  public static List<Finding> of(List<FileChange> changes) {
    var findings = new ArrayList<Finding>();
    for (FileChange change : changes) {
      LineMap map = LineMap.of(change);
      var guarded = GuardedLogs.of(change, map);
      removed(change, without(map.removed(), guarded.removed()), findings);
      added(change, without(map.added(), guarded.added()), findings);
    }
    return List.copyOf(findings);
  }

  private static List<Integer> without(List<Integer> lines, Set<Integer> left) {
    return lines.stream().filter(l -> !left.contains(l)).toList();
  }

  private static void removed(FileChange change, List<Integer> numbers, List<Finding> findings) {
    List<String> lines = Lines.of(change.before());
    Set<String> after =
        Lines.of(change.after()).stream().map(String::strip).collect(Collectors.toSet());
    for (int number : numbers) {
      String source = lines.get(number - 1).strip();
      String code = SuspectLines.withoutComment(source);
      for (Suspicion suspicion : SuspectLines.ofRemoved(code)) {
        findings.add(new Finding(change.path(), number, Side.REMOVED, suspicion, source));
      }
      if (SuspectLines.isCheck(code) && !after.contains(source)) {
        findings.add(
            new Finding(change.path(), number, Side.REMOVED, Suspicion.REMOVED_CHECK, source));
      }
    }
  }

  private static void added(FileChange change, List<Integer> numbers, List<Finding> findings) {
    List<String> lines = Lines.of(change.after());
    Map<Integer, Suspicion> shapes = SuspectShapes.in(lines, Set.copyOf(numbers));
    for (int number : numbers) {
      String source = lines.get(number - 1).strip();
      for (Suspicion suspicion : SuspectLines.ofAdded(SuspectLines.withoutComment(source))) {
        findings.add(new Finding(change.path(), number, Side.ADDED, suspicion, source));
      }
      if (shapes.containsKey(number)) {
        findings.add(new Finding(change.path(), number, Side.ADDED, shapes.get(number), source));
      }
    }
  }
}
