package hostperf.repository;

import hostperf.repository.Intent.FileMove;
import hostperf.repository.Intent.RefMove;
import hostperf.repository.Intent.Scope;
import hostperf.repository.Places.At;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Carries an intent from where its places stand to where they should be, under locks that the
/// caller holds.
///
/// All that needs disk space is written beside its target first; then come only renames, in this
/// order: files, index, refs, HEAD. A full disk is so met before anything has changed. Places
/// that are already there, or elsewhere, are passed over.
final class Passage {
  private final CheckoutPaths checkout;
  private final Objects objects;
  private final Intent intent;
  private final Places places;
  private final Consumer<String> steps;
  private final List<Renaming> refRenamings = new ArrayList<>();
  private final List<RefMove> moved = new ArrayList<>();

  private record Renaming(Path temporary, Path target) {
    void make() {
      WorkFiles.moveOver(temporary, target);
    }
  }

  Passage(CheckoutPaths checkout, Objects objects, Intent intent, Consumer<String> steps) {
    this.checkout = checkout;
    this.objects = objects;
    this.intent = intent;
    this.places = new Places(checkout, intent.scope());
    this.steps = steps;
  }

  /// Answers the refs that were moved, for the reflog.
  List<RefMove> make() {
    List<Renaming> files = stageFiles();
    boolean indexMoves = stageIndex();
    stageRefs();
    steps.accept("staged");
    for (Renaming file : files) {
      WorkFiles.deleteBytecode(file.target());
      file.make();
      steps.accept("file");
    }
    if (indexMoves) {
      moveIndex();
      steps.accept("index");
    }
    for (Renaming ref : refRenamings) {
      ref.make();
      steps.accept("ref");
    }
    deleteRefs();
    return moved;
  }

  private List<Renaming> stageFiles() {
    var renamings = new ArrayList<Renaming>();
    for (int i = 0; i < intent.files().size(); i++) {
      FileMove move = intent.files().get(i);
      if (places.file(move) == At.BEFORE && !move.before().equals(move.after())) {
        Path target = checkout.file(move.path());
        var renaming = new Renaming(Leftovers.beside(intent, i, target), target);
        WorkFiles.stage(renaming.temporary(), objects.blob(move.after()), target);
        steps.accept("temporary");
        renamings.add(renaming);
      }
    }
    return renamings;
  }

  private boolean stageIndex() {
    boolean moves =
        intent.scope() == Scope.COMMIT
            && intent.files().stream().anyMatch(f -> places.entry(f) == At.BEFORE);
    if (moves) {
      // Written again with the files' new state once they are in place; this takes the space.
      WorkFiles.stage(
          indexTemporary(), IndexFile.read(checkout.index()).content(), checkout.index());
    }
    return moves;
  }

  private void moveIndex() {
    IndexFile index = IndexFile.read(checkout.index());
    for (FileMove move : intent.files()) {
      if (places.entry(move) == At.BEFORE) {
        index.entry(move.path()).ifPresent(entry -> index.replace(entry, move.after(), stat(move)));
      }
    }
    WorkFiles.stage(indexTemporary(), index.content(), checkout.index());
    new Renaming(indexTemporary(), checkout.index()).make();
  }

  private FileStat stat(FileMove move) {
    boolean isThere =
        new WorkFiles(checkout).blob(move.path()).filter(b -> b.equals(move.after())).isPresent();
    return isThere ? FileStat.of(checkout.file(move.path())) : FileStat.UNKNOWN;
  }

  private void stageRefs() {
    var refs = new Refs(checkout);
    for (int i = 0; i < intent.refs().size(); i++) {
      RefMove move = intent.refs().get(i);
      if (places.ref(move) == At.BEFORE && !move.from().equals(move.to())) {
        moved.add(move);
        if (move.to().isPresent()) {
          Path temporary = Leftovers.ref(checkout, intent, i);
          WorkFiles.stage(temporary, bytes(move.to().get() + "\n"), refs.file(move.name()));
          refRenamings.add(new Renaming(temporary, refs.file(move.name())));
        }
      }
    }
    intent
        .head()
        .filter(h -> places.head(h) == At.BEFORE && !h.before().equals(h.after()))
        .ifPresent(
            h -> {
              Path temporary = Leftovers.head(checkout, intent);
              WorkFiles.stage(temporary, bytes(Refs.headContent(h.after())), refs.head());
              refRenamings.add(new Renaming(temporary, refs.head()));
            });
  }

  private void deleteRefs() {
    var refs = new Refs(checkout);
    for (RefMove move : moved) {
      // A packed one stays: no harm in it, and rewriting packed-refs is not worth its risk.
      if (move.to().isEmpty() && !refs.isPacked(move.name())) {
        WorkFiles.delete(refs.file(move.name()));
        WorkFiles.delete(refs.logOf(move.name()));
      }
    }
  }

  private Path indexTemporary() {
    return Leftovers.index(checkout, intent);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
