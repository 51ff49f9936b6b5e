package hostperf.repository;

import hostperf.Refusal;
import hostperf.patch.PatchPolicy;
import hostperf.repository.Intent.FileMove;
import hostperf.repository.Intent.HeadMove;
import hostperf.repository.Intent.RefMove;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;

/// What every intent must be before a path is made of it: its files are judged by the rules for
/// patches, its refs are hostperf's own, and its ids are ids. It may come from a file.
final class IntentRules {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{8,40}");
  private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");
  private static final List<String> OWN = List.of("refs/heads/hostperf/", "refs/hostperf/");

  /// What a configuration allows beyond that may have changed since.
  private static final PatchPolicy POLICY = new PatchPolicy(List.of("**"), List.of());

  private IntentRules() {}

  static void require(Intent intent) {
    Stream.of(
            Stream.of(id(intent)),
            intent.files().stream().map(IntentRules::file),
            intent.refs().stream().map(IntentRules::ref),
            intent.head().stream().map(IntentRules::head))
        .flatMap(faults -> faults.flatMap(Optional::stream))
        .findFirst()
        .ifPresent(
            fault -> {
              throw new Refusal(
                  "A move of the checkout is not made: %s.".formatted(fault),
                  "hostperf announces no such move: find out who wrote it into the run's journal.");
            });
  }

  private static Optional<String> id(Intent intent) {
    return ID.matcher(intent.id()).matches()
        ? Optional.empty()
        : Optional.of("`%s` is not the name of a move".formatted(intent.id()));
  }

  private static Optional<String> file(FileMove move) {
    return POLICY
        .reasonAgainst(move.path())
        .map(why -> "`%s` %s".formatted(move.path(), why))
        .or(
            () ->
                Stream.of(move.before(), move.after())
                    .flatMap(i -> object(i).stream())
                    .findFirst());
  }

  private static Optional<String> ref(RefMove move) {
    var name = move.name();
    if (!Repository.isValidRefName(name) || OWN.stream().noneMatch(name::startsWith)) {
      return Optional.of("`%s` is not a ref of hostperf".formatted(name));
    }
    return Stream.concat(move.from().stream(), move.to().stream())
        .flatMap(i -> object(i).stream())
        .findFirst();
  }

  private static Optional<String> head(HeadMove move) {
    return Stream.of(move.before(), move.after())
        .filter(n -> !Refs.isBranch(n) || !Repository.isValidRefName(n))
        .flatMap(i -> object(i).stream())
        .findFirst();
  }

  private static Optional<String> object(String id) {
    return OBJECT.matcher(id).matches()
        ? Optional.empty()
        : Optional.of("`%s` is not an object id".formatted(id));
  }
}
