package hostperf.repository;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/// Refuses, by name and before anything is done, a checkout whose form or state hostperf cannot
/// keep safe.
record CheckoutRequirements(CheckoutPaths checkout) {
  private static final Map<String, String> UNDER_WAY = underWay();

  void require() {
    requirePlainForm();
    requireNothingUnderWay();
    requireCommit();
    requirePlainIndex(IndexFile.read(checkout.index()));
  }

  private void requirePlainForm() {
    Config config = config("config");
    Config own = config("config.worktree");
    String format = config.getString("extensions", null, "objectFormat");
    if (format != null && !format.equalsIgnoreCase("sha1")) {
      throw refusal("uses the object format " + format, "Use a clone with SHA-1 objects.");
    }
    String storage = config.getString("extensions", null, "refStorage");
    if (storage != null && !storage.equalsIgnoreCase("files")) {
      throw refusal(
          "keeps its refs in " + storage, "Run `git refs migrate --ref-format=files` there.");
    }
    if (config.getBoolean("core", "bare", false)
        && checkout.gitDir().equals(checkout.commonDir())) {
      throw refusal("is bare (core.bare)", "Run `git config core.bare false`, or use a worktree.");
    }
    if (config.getBoolean("core", "sparseCheckout", false)
        || own.getBoolean("core", "sparseCheckout", false)) {
      throw refusal("is a sparse checkout", "Run `git sparse-checkout disable` there.");
    }
  }

  private void requireNothingUnderWay() {
    UNDER_WAY.forEach(
        (file, what) -> {
          if (Files.exists(checkout.gitDir().resolve(file))) {
            throw refusal("is in the middle of " + what, "Finish or abort it with git first.");
          }
        });
  }

  private void requireCommit() {
    if (new Refs(checkout).headCommit().isEmpty() || !Files.exists(checkout.index())) {
      throw refusal("has no commit yet", "Commit the code first: a run starts from a commit.");
    }
  }

  /// The index may have changed its form since the run began.
  static void requirePlainIndex(IndexFile index) {
    List<String> extensions = index.extensions();
    if (extensions.contains("link")) {
      throw new Refusal(
          "The checkout has a split index.",
          "Run `git config core.splitIndex false` and `git update-index --no-split-index`.");
    }
    if (extensions.contains("sdir")) {
      throw new Refusal(
          "The checkout has a sparse index.", "Run `git sparse-checkout disable` there.");
    }
    index.entries().stream()
        .filter(e -> e.stage() > 0)
        .findFirst()
        .ifPresent(
            e -> {
              throw new Refusal(
                  "The checkout has unresolved conflicts, in " + e.path() + " first.",
                  "Resolve them with git first.");
            });
  }

  private Config config(String name) {
    Path file = checkout.commonDir().resolve(name);
    if (name.equals("config.worktree")) {
      file = checkout.gitDir().resolve(name);
    }
    var config = new Config();
    try {
      if (Files.exists(file)) {
        config.fromText(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigInvalidException e) {
      throw new Refusal(file + " cannot be read: " + e.getMessage(), "Fix it with git.", e);
    }
    return config;
  }

  private Refusal refusal(String what, String next) {
    return new Refusal("The checkout " + checkout.root() + " " + what + ".", next);
  }

  private static Map<String, String> underWay() {
    var states = new LinkedHashMap<String, String>();
    states.put("rebase-merge", "a rebase");
    states.put("rebase-apply", "a rebase or `git am`");
    states.put("MERGE_HEAD", "a merge");
    states.put("CHERRY_PICK_HEAD", "a cherry-pick");
    states.put("REVERT_HEAD", "a revert");
    states.put("BISECT_LOG", "a bisection");
    states.put("sequencer", "a sequence of cherry-picks or reverts");
    return states;
  }
}
