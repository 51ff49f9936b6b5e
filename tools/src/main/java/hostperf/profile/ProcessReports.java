package hostperf.profile;

import hostperf.profile.Launch.TargetNote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reports of injected processes: `<prefix>.<pid>.txt`, and a note in `<prefix>.<pid>.json`.
record ProcessReports(Path prefix, List<String> functions) implements Reports {
  @Override
  public Launch.ProfileFiles collected() {
    List<Path> files = ProfileFiles.after(prefix);
    List<ProcessNote> notes = ending(files, ".json").map(ProcessNote::read).toList();
    return new Launch.ProfileFiles(
        ending(files, ".txt").toList(),
        missing(notes),
        targets(notes),
        remarks(notes),
        Overhead.remarks(notes.stream().flatMap(note -> note.overhead().stream()).toList()),
        modules(notes),
        notes.stream().map(ProcessNote::root).reduce(RootCalls.NONE, RootCalls::and));
  }

  private static Stream<Path> ending(List<Path> files, String ending) {
    return files.stream().filter(file -> file.toString().endsWith(ending));
  }

  private static List<String> missing(List<ProcessNote> notes) {
    return notes.stream()
        .filter(note -> !note.ended() && note.foundAny())
        .map(
            note ->
                "process %d (%s) was killed before it wrote".formatted(note.pid(), note.command()))
        .toList();
  }

  private List<TargetNote> targets(List<ProcessNote> notes) {
    return functions.stream().map(function -> target(function, notes)).toList();
  }

  /// The best that any process has to say of it.
  private static TargetNote target(String function, List<ProcessNote> notes) {
    List<ProcessNote.Target> all =
        notes.stream().flatMap(note -> Stream.ofNullable(note.targets().get(function))).toList();
    List<ProcessNote.Target> found = all.stream().filter(t -> !t.found().isEmpty()).toList();
    if (found.isEmpty()) {
      String reason =
          all.stream()
              .map(ProcessNote.Target::reason)
              .filter(text -> !text.startsWith("no module of that name"))
              .findFirst()
              .orElse("no process imported a module of that name");
      return new TargetNote(function, TargetNote.State.NOT_FOUND, reason);
    }
    boolean ran = found.stream().anyMatch(ProcessNote.Target::ran);
    String remark =
        found.stream()
            .map(ProcessNote.Target::remark)
            .filter(t -> !t.isEmpty())
            .findFirst()
            .orElse("");
    return new TargetNote(
        function, ran ? TargetNote.State.RAN : TargetNote.State.NEVER_RAN, remark);
  }

  private static Map<String, String> modules(List<ProcessNote> notes) {
    var modules = new TreeMap<String, String>();
    notes.forEach(note -> modules.putAll(note.modules()));
    return modules;
  }

  private static List<String> remarks(List<ProcessNote> notes) {
    if (notes.isEmpty()) {
      return List.of(
          "No Python process loaded the profiler: none was started, or it ignores PYTHONPATH"
              + " (`-I`, `-E`, `-S`).");
    }
    var twins = new TreeMap<String, String>();
    notes.forEach(note -> twins.putAll(note.twins()));
    List<String> remarks = new ArrayList<>();
    twins.forEach((source, runs) -> remarks.add(source + " is not what runs: " + runs + " is"));
    remarks.addAll(
        MissingRanks.remarks(
            notes.stream().filter(ProcessNote::ended).map(ProcessNote::seen).toList(), Pass.LINES));
    return remarks;
  }
}
