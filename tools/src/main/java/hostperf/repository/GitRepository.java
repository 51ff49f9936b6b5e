package hostperf.repository;

import hostperf.Refusal;
import hostperf.patch.FileChange;
import hostperf.patch.Tree;
import hostperf.repository.Intent.FileMove;
import hostperf.repository.Intent.HeadMove;
import hostperf.repository.Intent.RefMove;
import hostperf.repository.Intent.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;

/// A checkout on disk, through JGit's objects and git's own files; the program `git` is never
/// started.
public final class GitRepository implements Repository {
  private final CheckoutPaths checkout;
  private final Objects objects;
  private final Refs refs;
  private final Committer committer;
  private final Mover mover;

  GitRepository(CheckoutPaths checkout, InstantSource clock, Consumer<String> steps) {
    this.checkout = checkout;
    objects = Objects.of(checkout);
    refs = new Refs(checkout);
    committer = new Committer(objects.config(), clock);
    mover = new Mover(checkout, objects, committer, steps);
  }

  /// Opens the checkout whose root is `folder`, in whatever state it is, for reading and for
  /// `recover`. Refused where it is not the root of a checkout.
  public static GitRepository at(Path folder, InstantSource clock) {
    return new GitRepository(CheckoutPaths.at(folder), clock, _ -> {});
  }

  @Override
  public void requireFit() {
    new CheckoutRequirements(checkout).require();
  }

  @Override
  public String head() {
    return refs.headCommit()
        .orElseThrow(
            () -> new Refusal("The checkout has no commit yet.", "Commit the code first."));
  }

  @Override
  public String headName() {
    return refs.headName();
  }

  @Override
  public Tree tree(String commit) {
    return commitTree(commit);
  }

  @Override
  public List<String> tracked() {
    return IndexFile.read(checkout.index()).entries().stream()
        .map(IndexFile.Entry::path)
        .distinct()
        .toList();
  }

  @Override
  public List<Dirty> dirty(Collection<String> paths) {
    return workTree().dirty(paths);
  }

  @Override
  public CheckoutState state() {
    String head = head();
    return new StateReader(checkout, objects, commitTree(head)).state(head, refs);
  }

  @Override
  public void forgetBytecode() {
    commitTree(head()).blobs().keySet().stream()
        .filter(path -> path.endsWith(".py"))
        .forEach(path -> WorkFiles.deleteBytecode(checkout.file(path)));
  }

  @Override
  public Uncommitted uncommitted(Predicate<String> paths) {
    return workTree().uncommitted(paths);
  }

  @Override
  public String prepareCommit(List<FileChange> changes, String message) {
    String head = head();
    CommitTree tree = commitTree(head);
    var blobs = new HashMap<String, String>();
    for (FileChange change : changes) {
      if (tree.blob(change.path()).isEmpty()) {
        throw new Refusal(change.path() + " is not a tracked file.", "Change files that HEAD has.");
      }
      byte[] content = change.after().getBytes(StandardCharsets.UTF_8);
      blobs.put(change.path(), objects.write(Constants.OBJ_BLOB, content));
    }
    var root = objects.treeWith(tree.root(), blobs);
    return objects.write(Constants.OBJ_COMMIT, committer.commit(root, head, message));
  }

  @Override
  public Intent advance(String branch, String commit) {
    String ref = MovePreconditions.ref(branch);
    String head = head();
    List<FileMove> files = TreeDiff.between(objects, head, commit);
    MovePreconditions.requireClean(dirtyExceptAdopted(files));
    Optional<String> existing = refs.commit(ref);
    if (existing.isEmpty()) {
      MovePreconditions.requireRoom(refs, ref);
    } else if (!existing.get().equals(head)) {
      throw MovePreconditions.moved(branch, existing.get(), head);
    }
    var move = new RefMove(ref, existing, Optional.of(commit), "hostperf: apply_patch");
    return intent(List.of(move), new HeadMove(refs.headName(), ref), files);
  }

  @Override
  public Intent rollback(String branch, String from, String to, String keep) {
    String ref = MovePreconditions.ref(branch);
    MovePreconditions.requireOn(refs, branch, from);
    List<FileMove> files = TreeDiff.between(objects, from, to);
    MovePreconditions.requireClean(dirty(files.stream().map(FileMove::path).toList()));
    var moves = new ArrayList<RefMove>();
    if (!refs.commit(keep).equals(Optional.of(from))) {
      moves.add(new RefMove(keep, refs.commit(keep), Optional.of(from), "hostperf: keep"));
    }
    moves.add(new RefMove(ref, Optional.of(from), Optional.of(to), "hostperf: rollback"));
    return intent(moves, new HeadMove(ref, ref), files);
  }

  @Override
  public Intent finish(String branch, String tip, String originalHeadName, String base) {
    String ref = MovePreconditions.ref(branch);
    MovePreconditions.requireOn(refs, branch, tip);
    MovePreconditions.requireStillAt(refs, originalHeadName, base);
    List<FileMove> files = TreeDiff.between(objects, tip, base);
    MovePreconditions.requireClean(dirty(files.stream().map(FileMove::path).toList()));
    var guard = new RefMove(ref, Optional.of(tip), Optional.of(tip), "hostperf: finish");
    return intent(List.of(guard), new HeadMove(ref, originalHeadName), files);
  }

  @Override
  public Intent swapIn(String commit, Collection<String> paths) {
    MovePreconditions.requireClean(dirty(paths));
    List<FileMove> files =
        TreeDiff.between(objects, head(), commit).stream()
            .filter(f -> paths.contains(f.path()))
            .toList();
    return new Intent(newId(), List.of(), Optional.empty(), files, Scope.SWAP);
  }

  @Override
  public void perform(Intent intent) {
    mover.perform(intent);
  }

  @Override
  public Recovered recover(Intent intent, Collection<String> commits) {
    return mover.recover(intent, commits);
  }

  @Override
  public boolean tracks(String folder) {
    return (Files.exists(checkout.index())
            && tracked().stream().anyMatch(p -> p.split("/", 2)[0].equalsIgnoreCase(folder)))
        || refs.headCommit().filter(c -> commitTree(c).hasAtRoot(folder)).isPresent();
  }

  @Override
  public List<String> changedFiles(String from, String to) {
    return TreeDiff.between(objects, from, to).stream().map(FileMove::path).toList();
  }

  /// A file that already holds what the commit has is the user's own change, adopted.
  private List<Dirty> dirtyExceptAdopted(List<FileMove> files) {
    var workFiles = new WorkFiles(checkout);
    var places = new Places(checkout, Scope.COMMIT);
    return dirty(
        files.stream()
            .filter(
                f ->
                    !(workFiles.blob(f.path()).equals(Optional.of(f.after()))
                        && places.entry(f) != Places.At.ELSEWHERE))
            .map(FileMove::path)
            .toList());
  }

  private Intent intent(List<RefMove> refs, HeadMove head, List<FileMove> files) {
    return new Intent(newId(), refs, Optional.of(head), files, Scope.COMMIT);
  }

  private static String newId() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  private WorkTree workTree() {
    return new WorkTree(checkout, objects, commitTree(head()));
  }

  private CommitTree commitTree(String commit) {
    return new CommitTree(objects, objects.treeOf(commit));
  }
}
