package hostperf.run;

import hostperf.Refusal;
import hostperf.patch.FileChange;
import hostperf.patch.Patch;
import hostperf.patch.Tree;
import hostperf.source.ImportedModules;
import hostperf.source.PythonFile;
import java.nio.file.Path;
import java.util.List;

/// Refuses a patch that imports what only this checkout has: the commit would not run elsewhere.
///
/// It sees the imports that the patch adds, by name; what is imported by way of other files, or
/// under a name that is made up at run time, the run of the tests sees.
record Standalone(Path root, Tree commit) {
  void require(Patch patch) {
    for (FileChange change : patch.changes()) {
      if (change.path().endsWith(".py")) {
        require(change);
      }
    }
  }

  private void require(FileChange change) {
    var added = ImportedModules.of(PythonFile.of(change.path(), change.after()));
    added.removeAll(ImportedModules.of(PythonFile.of(change.path(), change.before())));
    var files = new ModuleFiles(root, List.of());
    for (var module : added) {
      for (String file : files.of(module, change.path())) {
        if (commit.at(file) instanceof Tree.Entry.Absent) {
          throw new Refusal(
              "%s imports `%s`, which is %s here, and the commit does not have that file."
                  .formatted(change.path(), module.name(), file),
              "A kept commit has to stand alone: do without it, or commit it before a run begins.");
        }
      }
    }
  }
}
