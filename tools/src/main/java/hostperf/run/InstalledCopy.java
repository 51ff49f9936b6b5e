package hostperf.run;

import hostperf.profile.LoadedModules;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.FunctionShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Modules that the workload imported from elsewhere, while the checkout has them too: a patch of
/// the checkout is not in what is measured.
final class InstalledCopy {
  /// Of the root's time; less may be a tool that comes with the engine.
  private static final double WORTHWHILE = 0.1;

  private InstalledCopy() {}

  /// @param modules what the profiled processes had imported
  static Optional<String> remark(Ranking ranking, LoadedModules modules, Path checkout) {
    var copies =
        ranking.shares().functions().stream()
            .filter(f -> original(f, modules, checkout).isPresent())
            .toList();
    double share = copies.stream().mapToDouble(FunctionShare::own).sum();
    return share < WORTHWHILE
        ? Optional.empty()
        : copies.stream()
            .max(Comparator.comparingDouble(FunctionShare::own))
            .flatMap(f -> original(f, modules, checkout).map(own -> remark(share, f.file(), own)));
  }

  private static String remark(double share, String copy, Path original) {
    return String.format(
        Locale.ROOT,
        "The workload does not run this checkout: it imports %s, not %s, and %.0f%% of the root's"
            + " time is in such files. A patch changes nothing that is measured. Set PYTHONPATH in"
            + " workload.environment to the checkout, or uninstall the other copy.",
        copy,
        original,
        share * 100);
  }

  /// The checkout's file of the function's module, where another one was imported.
  private static Optional<Path> original(
      FunctionShare function, LoadedModules modules, Path checkout) {
    var imported = Path.of(function.file());
    return Optional.ofNullable(modules.names().get(function.file())).stream()
        .flatMap(module -> files(module, imported))
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
