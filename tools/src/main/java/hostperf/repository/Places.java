package hostperf.repository;

import hostperf.repository.Intent.FileMove;
import hostperf.repository.Intent.HeadMove;
import hostperf.repository.Intent.RefMove;
import hostperf.repository.Intent.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where every place of an intent stands just now: as before it, as after it, or elsewhere
/// because somebody else has changed it.
final class Places {
  private final CheckoutPaths checkout;
  private final Refs refs;
  private final Map<String, String> index = new HashMap<>();

  Places(CheckoutPaths checkout, Scope scope) {
    this.checkout = checkout;
    refs = new Refs(checkout);
    if (scope == Scope.COMMIT) {
      IndexFile file = IndexFile.read(checkout.index());
      CheckoutRequirements.requirePlainIndex(file);
      file.entries().forEach(e -> index.put(e.path(), e.blob()));
    }
  }

  enum At {
    BEFORE,
    AFTER,
    ELSEWHERE
  }

  At file(FileMove move) {
    return at(new WorkFiles(checkout).blob(move.path()), move.before(), move.after());
  }

  At entry(FileMove move) {
    return at(Optional.ofNullable(index.get(move.path())), move.before(), move.after());
  }

  At ref(RefMove move) {
    Optional<String> now = refs.commit(move.name());
    return now.equals(move.from()) ? At.BEFORE : now.equals(move.to()) ? At.AFTER : At.ELSEWHERE;
  }

  At head(HeadMove move) {
    return at(Optional.of(refs.headName()), move.before(), move.after());
  }

  /// Has the intent been carried out already? Refs move after the files, HEAD last. A branch that
  /// the user has taken further since has arrived too.
  boolean arrived(Intent intent, Objects objects) {
    return !intent.head().isEmpty()
        && intent.head().stream().allMatch(h -> refs.headName().equals(h.after()))
        && intent.refs().stream().allMatch(r -> isAtOrPast(r, objects));
  }

  private boolean isAtOrPast(RefMove move, Objects objects) {
    Optional<String> now = refs.commit(move.name());
    if (now.equals(move.to())) {
      return true;
    }
    return now.isPresent()
        && move.to().isPresent()
        && !now.equals(move.from())
        && objects.has(now.get())
        && objects.isAncestor(move.to().get(), now.get());
  }

  /// Everything that stands elsewhere, in words.
  List<String> elsewhere(Intent intent) {
    var found = new ArrayList<String>();
    for (FileMove move : intent.files()) {
      if (file(move) == At.ELSEWHERE) {
        found.add(move.path() + " has been changed");
      }
      if (intent.scope() == Scope.COMMIT && entry(move) == At.ELSEWHERE) {
        found.add(move.path() + " has been staged");
      }
    }
    for (RefMove move : intent.refs()) {
      if (ref(move) == At.ELSEWHERE) {
        found.add(move.name() + " has moved to " + refs.commit(move.name()).orElse("nothing"));
      }
    }
    intent
        .head()
        .filter(h -> head(h) == At.ELSEWHERE)
        .ifPresent(_ -> found.add("HEAD has been put on " + refs.headName()));
    return found;
  }

  private static At at(Optional<String> now, String before, String after) {
    return now.equals(Optional.of(before))
        ? At.BEFORE
        : now.equals(Optional.of(after)) ? At.AFTER : At.ELSEWHERE;
  }
}
