package hostperf.repository;

import hostperf.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What lies in a checkout: HEAD, the files of its commit, and what stands beside them. Two of
/// them tell what happened in between.
///
/// Not looked at: `.git`, `.hostperf`, caches of bytecode and of tools, virtual environments,
/// submodules, and folders that the commit's own `.gitignore` leaves out.
///
/// @param files every file that is there, by its path
/// @param committed blobs of the commit's files, by path
/// @param ignored files that the commit does not have and that its `.gitignore` leaves out
public record CheckoutState(
    Head head,
    SortedMap<String, FileMark> files,
    Map<String, String> committed,
    Set<String> ignored) {
  // What Python runs and what settings of pytest and packaging are read from.
  private static final Pattern CODE =
      Pattern.compile("(?i).*\\.(py|pyi|pyx|pyc|pth|so|pyd|ini|cfg|toml)");

  /// @param commit that HEAD stands on
  /// @param name what HEAD names
  /// @param identity of the file that says so
  public record Head(String commit, String name, String identity) {}

  public CheckoutState {
    files = new TreeMap<>(files);
    committed = Map.copyOf(committed);
    ignored = Set.copyOf(ignored);
  }

  /// Whether the file can be code that runs, or settings of what runs it.
  public static boolean isCode(String path) {
    return CODE.matcher(path).matches();
  }

  /// Whether it is code or a file of the commit.
  public boolean isWatched(String path) {
    return isCode(path) || committed.containsKey(path);
  }

  /// The code and the commit's files in which the other differs by content.
  public Set<String> differing(CheckoutState other) {
    var found = new TreeSet<String>();
    for (String path : either(other)) {
      if (isWatched(path) && !content(path).equals(other.content(path))) {
        found.add(path);
      }
    }
    return found;
  }

  private Optional<String> content(String path) {
    return Optional.ofNullable(files.get(path)).map(FileMark::content);
  }

  /// The same without these files; code stays.
  public CheckoutState without(Predicate<String> paths) {
    var kept = new TreeMap<>(files);
    kept.keySet().removeIf(path -> !isCode(path) && paths.test(path));
    return new CheckoutState(head, kept, committed, ignored);
  }

  /// What was done to the code, to HEAD or to another file of the commit until `later`, each as
  /// "<path> …". Code that was replaced and put back counts.
  public List<String> touched(CheckoutState later) {
    var found = new ArrayList<String>();
    if (!head.equals(later.head)) {
      found.add(moved(later.head));
    }
    for (String path : either(later)) {
      if (isWatched(path)) {
        compare(path, later, found);
      }
    }
    return List.copyOf(found);
  }

  private String moved(Head later) {
    if (head.commit().equals(later.commit()) && head.name().equals(later.name())) {
      return "HEAD was moved and put back";
    }
    return "HEAD was moved from %s (%.10s) to %s (%.10s)"
        .formatted(head.name(), head.commit(), later.name(), later.commit());
  }

  private void compare(String path, CheckoutState later, List<String> found) {
    var before = files.get(path);
    var after = later.files.get(path);
    if (before == null || after == null) {
      if (before != null || after != null) {
        found.add(path + (before == null ? " is new" : " is gone"));
      }
    } else if (!before.content().equals(after.content())) {
      found.add(path + " was changed");
    } else if (isCode(path) && !before.identity().equals(after.identity())) {
      found.add(path + " was rewritten with the same content");
    }
  }

  /// Files of neither the commit nor its `.gitignore`, no code, that are there in `later` only.
  public List<String> left(CheckoutState later) {
    return later.files.keySet().stream()
        .filter(path -> !files.containsKey(path) && !isCode(path))
        .filter(path -> !later.committed.containsKey(path))
        .toList();
  }

  /// The code by path, with its content.
  public SortedMap<String, String> code() {
    var code = new TreeMap<String, String>();
    files.forEach(
        (path, mark) -> {
          if (isCode(path)) {
            code.put(path, mark.content());
          }
        });
    return code;
  }

  /// In which code the other differs by content, each as "<path> …".
  public static List<String> differences(
      Map<String, String> before, Map<String, String> after, Collection<String> leftOut) {
    var paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    leftOut.forEach(paths::remove);
    var found = new ArrayList<String>();
    for (String path : paths) {
      var old = before.get(path);
      var now = after.get(path);
      if (old == null || now == null) {
        found.add(path + (old == null ? " is new" : " is gone"));
      } else if (!old.equals(now)) {
        found.add(path + " was changed");
      }
    }
    return List.copyOf(found);
  }

  /// Why a file of the checkout is not what the commit has, as the end of "<path> …"; empty where
  /// it is, where it is no code, or where the commit's own `.gitignore` leaves it out.
  public List<String> notInCommit(Collection<String> paths) {
    var found = new ArrayList<String>();
    for (String path : new TreeSet<>(paths)) {
      var mark = files.get(path);
      if (mark == null || !isCode(path) || ignored.contains(path)) {
        continue;
      }
      var blob = committed.get(path);
      if (blob == null) {
        found.add(path + ", which the commit does not have");
      } else if (!blob.equals(mark.content())) {
        found.add(path + ", which differs from the commit's");
      }
    }
    return List.copyOf(found);
  }

  /// Code of the commit that the checkout lacks.
  public List<String> missing() {
    return committed.keySet().stream()
        .filter(path -> isCode(path) && !files.containsKey(path))
        .sorted()
        .toList();
  }

  /// A hash of the commit that HEAD stands on and of all code.
  public String digest() {
    var digest = new Sha256().add(head.commit() + '\n');
    code().forEach((path, content) -> digest.add(path + '\0' + content + '\n'));
    return digest.hex();
  }

  private Set<String> either(CheckoutState later) {
    var paths = new TreeSet<>(files.keySet());
    paths.addAll(later.files.keySet());
    return paths;
  }
}
