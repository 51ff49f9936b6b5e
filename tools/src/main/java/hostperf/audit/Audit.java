package hostperf.audit;

import hostperf.audit.Finding.Side;
import hostperf.patch.FileChange;
import hostperf.patch.LineMap;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Looks a patch through for what an agent that wants good figures might be tempted to do.
///
/// It reads the syntax of each file before and after the change and compares: what both have alike
/// is no finding. An optimisation may use what its file uses already, modules that files beside it
/// use and that are not suspicious by themselves, and a stated list of modules,
/// builtins and array operations (`JudgedNames`, `AllowedBuiltins`); the rest, and all that reaches
/// code by way of strings, is asked about. A patch with findings is never approved without a
/// person.
public final class Audit {
  private static final Pattern CODING =
      Pattern.compile("(?m)\\A(.*\\n)?[ \\t\\f]*#.*?coding[:=].*");

  private final MetricText metrics;
  private final Neighbours neighbours;
  private final List<Finding> findings = new ArrayList<>();

  private Audit(MetricText metrics, Neighbours neighbours) {
    this.metrics = metrics;
    this.neighbours = neighbours;
  }

  /// Findings in the order of files and lines, removed lines of a file first.
  ///
  /// @param metrics the patterns that the workload's metrics are read by; with none, any printed
  ///     text counts as one that could be read
  /// @param neighbours the code that the changed files belong to
  public static List<Finding> of(
      List<FileChange> changes, List<Pattern> metrics, Neighbours neighbours) {
    var audit = new Audit(new MetricText(metrics), neighbours);
    changes.forEach(audit::look);
    return List.copyOf(audit.findings);
  }

  private void look(FileChange change) {
    var map = LineMap.of(change);
    if (!change.path().endsWith(".py")) {
      unread(change, map, "changes a file that is not Python");
      return;
    }
    var before = Version.of(change.path(), change.before(), neighbours);
    var after = Version.of(change.path(), change.after(), neighbours);
    if (hasNewErrors(before, after)) {
      unread(change, map, "leaves Python that cannot be parsed");
    }
    if (!coding(change.after()).equals(coding(change.before()))) {
      unread(change, map, "changes how the file's bytes are read as text");
    }
    var base = new Base(Rebound.imported(before), LeftOut.running(before));
    var gone = new GoneWith(before, after);
    var timed = new LoggedTimes(before, PrintedOutput.dispensable(before, metrics));
    var found =
        new VersionDiff(
                traits(before, base),
                traits(after, base),
                map,
                after.file()::line,
                t -> gone.covers(t) || timed.holds(t))
            .findings();
    found.stream()
        .sorted(
            Comparator.comparing(Finding::side, Comparator.reverseOrder())
                .thenComparingInt(Finding::line))
        .distinct()
        .forEach(findings::add);
  }

  /// What of the version before the change both versions are judged by.
  ///
  /// @param imported names that come from outside the package
  /// @param running functions whose whole body runs when they are called
  private record Base(Set<String> imported, Set<String> running) {}

  private List<Trait> traits(Version version, Base base) {
    var traits = new ArrayList<Trait>();
    var logged = new LoggedTimes(version, PrintedOutput.unread(version, metrics));
    UsedNames.in(version).stream().filter(t -> !logged.holds(t)).forEach(traits::add);
    traits.addAll(Reflection.in(version));
    traits.addAll(Rebound.in(version, base.imported()));
    traits.addAll(Replaced.in(version));
    traits.addAll(LeftOut.in(version, base.running()));
    traits.addAll(SpecialMethods.in(version));
    traits.addAll(PrintedOutput.in(version, metrics));
    traits.addAll(ChangedConstants.in(version));
    traits.addAll(Shapes.in(version));
    traits.addAll(Kept.in(version));
    traits.addAll(Checks.in(version));
    return traits;
  }

  private static boolean hasNewErrors(Version before, Version after) {
    return after.file().hasErrors()
        && (!before.file().hasErrors() || !errors(before).containsAll(errors(after)));
  }

  private static Set<String> errors(Version version) {
    return version.nodes().stream()
        .filter(n -> n.is("ERROR"))
        .map(Node::text)
        .collect(Collectors.toSet());
  }

  private static String coding(String text) {
    var found = CODING.matcher(text);
    return found.find() ? found.group() : "";
  }

  private void unread(FileChange change, LineMap map, String what) {
    boolean adds = !map.added().isEmpty();
    int line = adds ? map.added().getFirst() : map.removed().getFirst();
    var text = (adds ? change.after() : change.before()).lines().skip(line - 1L).findFirst();
    findings.add(
        new Finding(
            change.path(),
            line,
            adds ? Side.ADDED : Side.REMOVED,
            Suspicion.UNREAD,
            what,
            text.orElse("").strip()));
  }
}
