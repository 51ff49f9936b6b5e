package hostperf.repository;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the parts of a checkout lie.
///
/// @param root the folder of the work tree
/// @param gitDir what belongs to this work tree alone: HEAD, index, logs of HEAD
/// @param commonDir what all work trees of the repository share: objects, refs, config
record CheckoutPaths(Path root, Path gitDir, Path commonDir) {
  /// Those of git's own files that are read before or while the checkout is looked at.
  private static final List<String> FILES =
      List.of(
          "HEAD",
          "index",
          "config",
          "config.worktree",
          "commondir",
          "packed-refs",
          "shallow",
          "info/exclude",
          "info/attributes",
          "info/grafts",
          "objects/info/alternates",
          "objects/info/commit-graph");

  static CheckoutPaths at(Path folder) {
    Path root = real(folder);
    Path dotGit = root.resolve(".git");
    if (!Files.exists(dotGit)) {
      throw notTheRoot(root);
    }
    Path gitDir = Files.isDirectory(dotGit) ? dotGit : linked(dotGit);
    requireFiles(gitDir);
    Path common = gitDir.resolve("commondir");
    Path commonDir =
        Files.exists(common) ? gitDir.resolve(read(common).strip()).normalize() : gitDir;
    requireFiles(commonDir);
    return new CheckoutPaths(root, gitDir, commonDir);
  }

  /// Whoever opens a pipe or reads a device waits for ever.
  private static void requireFiles(Path folder) {
    FILES.forEach(name -> requireFile(folder.resolve(name)));
  }

  private static void requireFile(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new Refusal(
          file + " is a folder, a pipe or a device, where git has a file.",
          "Find out where the checkout came from, and clone it again.");
    }
  }

  Path file(String path) {
    return root.resolve(path);
  }

  Path index() {
    return gitDir.resolve("index");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new Refusal(
          "The folder " + folder + " does not exist.", "Name the checkout with `-C DIR`.", e);
    }
  }

  private static Path linked(Path dotGit) {
    requireFile(dotGit);
    String text = read(dotGit).strip();
    if (!text.startsWith("gitdir: ")) {
      throw new Refusal(dotGit + " is not git's.", "Name a git checkout with `-C DIR`.");
    }
    return dotGit.resolveSibling(text.substring("gitdir: ".length())).normalize();
  }

  private static Refusal notTheRoot(Path folder) {
    if (Files.exists(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"))) {
      return new Refusal(
          folder + " is a bare repository; there are no files to measure or patch.",
          "Name a checkout with `-C DIR`, such as one made by `git worktree add`.");
    }
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above.resolve(".git"))) {
        return new Refusal(
            folder + " lies inside the checkout " + above + ", but is not its root.",
            "Use the root: `-C " + above + "`.");
      }
    }
    return new Refusal(
        folder + " is not a git checkout.",
        "Name one with `-C DIR`, or run `git init` there and commit the code.");
  }
}
