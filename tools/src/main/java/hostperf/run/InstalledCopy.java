package hostperf.run;

import hostperf.Refusal;
import hostperf.journal.ProfileRecord;
import hostperf.profile.LoadedModules;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.FunctionShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Modules that the workload imported from elsewhere, while the checkout has them too: a patch of
/// the checkout is not in what is measured.
///
/// @param share of the root's time that was in such files
/// @param most the imported one that took most
/// @param files the imported ones, by the checkout's in whose place they are
record InstalledCopy(double share, String most, Map<String, String> files) {
  /// Of the root's time; less may be a tool that comes with the engine.
  private static final double WORTHWHILE = 0.1;

  InstalledCopy {
    files = Map.copyOf(files);
  }

  /// @param modules what the profiled processes had imported
  static Optional<InstalledCopy> of(Ranking ranking, LoadedModules modules, Path checkout) {
    var files = new HashMap<String, String>();
    modules
        .names()
        .forEach(
            (file, module) ->
                original(module, Path.of(file), checkout)
                    .filter(own -> !modules.names().containsKey(checkout.resolve(own).toString()))
                    .ifPresent(own -> files.put(own.toString(), file)));
    var times =
        ranking.shares().functions().stream().filter(f -> files.containsValue(f.file())).toList();
    double share = times.stream().mapToDouble(FunctionShare::own).sum();
    return times.stream()
        .max(Comparator.comparingDouble(FunctionShare::own))
        .filter(_ -> share >= WORTHWHILE)
        .map(f -> new InstalledCopy(share, f.file(), files));
  }

  String remark() {
    var original =
        files.entrySet().stream()
            .filter(e -> e.getValue().equals(most))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "The workload does not run this checkout: it imports %s, not %s, and %.0f%% of the root's"
            + " time is in such files. A patch changes nothing that is measured. Set PYTHONPATH in"
            + " workload.environment to the checkout, or uninstall the other copy.",
        most,
        original,
        share * 100);
  }

  /// @param profile by which the patch is made
  /// @param patched files of a patch, relative to the checkout
  static void requireNone(ProfileRecord profile, Collection<String> patched) {
    var copy = patched.stream().filter(profile.copies()::containsKey).findFirst();
    if (copy.isPresent()) {
      throw new Refusal(
          "The workload does not run %s: in profile %s it imported %s, so the patch would change nothing that is measured."
              .formatted(copy.get(), profile.profileId(), profile.copies().get(copy.get())),
          "Uninstall the other copy and call `profile` again; or set PYTHONPATH in"
              + " workload.environment of hostperf.yaml to the checkout, which holds from the next"
              + " run on.");
    }
  }

  /// The checkout's file of a module, where another one was imported.
  private static Optional<Path> original(String module, Path imported, Path checkout) {
    return files(module, imported)
        .filter(file -> Files.isRegularFile(checkout.resolve(file)))
        .filter(file -> isElsewhere(imported, checkout, file))
        .findFirst();
  }

  /// Where a checkout would have the module, relative to it.
  private static Stream<Path> files(String module, Path imported) {
    var path = module.replace('.', '/');
    boolean isPackage = imported.endsWith("__init__.py");
    return ModuleFiles.USUAL.stream()
        .map(top -> Path.of(top, path + (isPackage ? "/__init__.py" : ".py")));
  }

  /// Another path may lead to the same file, and one of a container is not seen here.
  private static boolean isElsewhere(Path imported, Path checkout, Path original) {
    try {
      return Files.exists(imported) && !Files.isSameFile(imported, checkout.resolve(original));
    } catch (IOException e) {
      return false;
    }
  }
}
