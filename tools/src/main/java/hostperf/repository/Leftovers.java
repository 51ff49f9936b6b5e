package hostperf.repository;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The names of all files that a move makes beside the real ones. They follow from the intent, so
/// that a later process finds them.
final class Leftovers {
  private Leftovers() {}

  static Path token(CheckoutPaths checkout, Intent intent) {
    return checkout.gitDir().resolve(prefix(intent) + ".token");
  }

  static Path index(CheckoutPaths checkout, Intent intent) {
    return checkout.gitDir().resolve(prefix(intent) + ".index");
  }

  static Path head(CheckoutPaths checkout, Intent intent) {
    return checkout.gitDir().resolve(prefix(intent) + ".head");
  }

  static Path ref(CheckoutPaths checkout, Intent intent, int number) {
    return checkout.commonDir().resolve(prefix(intent) + ".ref" + number);
  }

  static Path beside(Intent intent, int number, Path target) {
    return target.resolveSibling("." + prefix(intent) + "-" + number);
  }

  /// What is locked while the intent is carried out: git's index, HEAD and the refs.
  static List<Path> locked(CheckoutPaths checkout, Intent intent) {
    var refs = new Refs(checkout);
    var targets = new ArrayList<Path>();
    if (intent.scope() == Intent.Scope.COMMIT) {
      targets.add(checkout.index());
    }
    intent.head().ifPresent(_ -> targets.add(refs.head()));
    intent.refs().forEach(r -> targets.add(refs.file(r.name())));
    return targets;
  }

  /// Deletes the temporary files, not the locks.
  static void delete(CheckoutPaths checkout, Intent intent) {
    WorkFiles.delete(index(checkout, intent));
    WorkFiles.delete(head(checkout, intent));
    for (int i = 0; i < intent.refs().size(); i++) {
      WorkFiles.delete(ref(checkout, intent, i));
    }
    for (int i = 0; i < intent.files().size(); i++) {
      WorkFiles.delete(beside(intent, i, checkout.file(intent.files().get(i).path())));
    }
  }

  private static String prefix(Intent intent) {
    return "hostperf-" + intent.id();
  }
}
