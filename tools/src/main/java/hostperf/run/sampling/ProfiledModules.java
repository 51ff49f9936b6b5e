package hostperf.run.sampling;

import hostperf.journal.ProfileRecord;
import hostperf.source.Modules;
import hostperf.source.Sources;
import hostperf.stacks.Shares.FunctionShare;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Modules by the names that the profiled program imported them by. Files do not tell whether a
/// folder without `__init__.py` is part of a module's name; a program that ran does.
public final class ProfiledModules {
  private ProfiledModules() {}

  /// @param paths files whose names matter, beside those that were sampled
  public static Modules of(Sources sources, Collection<String> paths, ProfileRecord before) {
    var all = new HashSet<>(paths);
    before.observed().ranking().stream()
        .flatMap(ranking -> ranking.shares().functions().stream())
        .map(FunctionShare::file)
        .forEach(all::add);
    return of(sources, all, before.functions());
  }

  /// @param profiled functions that ran, with their modules
  public static Modules of(Sources sources, Collection<String> paths, List<String> profiled) {
    var byFiles = new Modules(sources);
    var told = new HashMap<String, String>();
    for (String path : paths) {
      sources
          .file(path)
          .ifPresent(
              file ->
                  imported(byFiles.nameOf(file), file.path(), profiled)
                      .ifPresent(name -> told.put(file.path(), name)));
    }
    return new Modules(sources, told);
  }

  /// The module that has a file by the names of functions that ran.
  ///
  /// @param module its name as far as files tell
  private static Optional<String> imported(String module, String path, List<String> profiled) {
    var inner = "." + module + ".";
    return profiled.stream()
        .map(name -> "." + name.replace("::", "."))
        .filter(name -> name.contains(inner))
        .map(name -> name.substring(1, name.indexOf(inner) + inner.length() - 1))
        .filter(name -> Modules.root(path, name).isPresent())
        .findFirst();
  }
}
