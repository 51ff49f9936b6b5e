package hostperf.run;

import hostperf.Refusal;
import hostperf.audit.Audit;
import hostperf.audit.Neighbours;
import hostperf.classify.Hotspot;
import hostperf.patch.Edit;
import hostperf.patch.FileChange;
import hostperf.patch.PatchReader;
import hostperf.source.Callees;
import hostperf.source.Modules;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.source.Statements;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds a model's edit to what a draft promises: it applies exactly and within policy, leaves
/// Python behind, is not suspicious, touches the hotspot's file or that of a function which the
/// hotspot's line calls, and keeps the signature of the hotspot's function.
final class DraftCheck {
  private final PatchReader reader;
  private final List<Pattern> metrics;
  private final Neighbours neighbours;
  private final Sources sources;

  /// @param metrics the patterns that the workload's metrics are read by
  /// @param neighbours the code that the hotspot's file belongs to
  /// @param sources where the functions that the hotspot's line calls are looked for
  DraftCheck(PatchReader reader, List<Pattern> metrics, Neighbours neighbours, Sources sources) {
    this.reader = reader;
    this.metrics = metrics;
    this.neighbours = neighbours;
    this.sources = sources;
  }

  /// What came of it.
  sealed interface Checked {
    record Fits(List<FileChange> changes) implements Checked {}

    record Refused(String why) implements Checked {}
  }

  Checked check(Hotspot hotspot, List<Edit> edits) {
    List<FileChange> changes;
    try {
      changes = reader.ofEdits(edits).changes();
    } catch (Refusal refusal) {
      return new Checked.Refused(refusal.why());
    }
    var fault =
        syntax(changes).or(() -> audit(changes)).or(() -> function(hotspot.place(), changes));
    return fault.isPresent() ? new Checked.Refused(fault.get()) : new Checked.Fits(changes);
  }

  private static Optional<String> syntax(List<FileChange> changes) {
    return changes.stream()
        .filter(c -> c.path().endsWith(".py"))
        .filter(
            c ->
                PythonFile.of(c.path(), c.after()).hasErrors()
                    && !PythonFile.of(c.path(), c.before()).hasErrors())
        .findFirst()
        .map(c -> "%s would not compile: it has a syntax error.".formatted(c.path()));
  }

  private Optional<String> audit(List<FileChange> changes) {
    return Audit.of(changes, metrics, neighbours).stream()
        .findFirst()
        .map(f -> "The audit flags " + f.sentence());
  }

  private Optional<String> function(Hotspot.Place place, List<FileChange> changes) {
    var change = changes.stream().filter(c -> c.path().equals(place.file())).findFirst();
    if (change.isEmpty()) {
      var called = called(place);
      return changes.stream().anyMatch(c -> called.contains(c.path()))
          ? Optional.empty()
          : Optional.of(
              Stream.concat(Stream.of(place.file()), called.stream())
                  .distinct()
                  .collect(
                      Collectors.joining(
                          ", ",
                          "It touches none of the files of the hotspot and of what its line calls: ",
                          ".")));
    }
    var before = PythonFile.of(place.file(), change.get().before()).function(place.function());
    var after = PythonFile.of(place.file(), change.get().after()).function(place.function());
    if (before.isEmpty()) {
      return Optional.empty();
    }
    return after.isPresent() && signature(after.get()).equals(signature(before.get()))
        ? Optional.empty()
        : Optional.of("It changes the signature of %s.".formatted(place.function()));
  }

  /// The files of the functions that the hotspot's line calls.
  private Set<String> called(Hotspot.Place place) {
    var callees = new Callees(new Modules(sources));
    return sources.file(place.file()).flatMap(f -> f.functionAt(place.line())).stream()
        .flatMap(
            function ->
                function.calls().stream()
                    .filter(c -> Statements.around(c.node()).covers(place.line()))
                    .flatMap(c -> callees.callee(c, function).stream()))
        .map(f -> f.file().path())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String signature(PythonFunction function) {
    var node = function.node();
    return function.decorators()
        + (function.isAsync() ? "async " : "")
        + function.name()
        + node.child("parameters").map(p -> p.text()).orElse("")
        + node.child("return_type").map(r -> r.text()).orElse("");
  }
}
