package hostperf.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/// A copy of the sample engine in a git repository of its own.
public final class SampleCheckout {
  private static final Set<String> LEFT_OUT = Set.of("out", "__pycache__", ".pytest_cache");

  private SampleCheckout() {}

  /// Copies the sample to `folder` and commits it, with `python3` in its configuration replaced by
  /// the interpreter that has what is needed.
  public static void make(Path sample, Path folder, Path python) {
    copy(sample, folder);
    var configuration = folder.resolve("hostperf.yaml");
    try {
      var text = Files.readString(configuration);
      Files.writeString(configuration, text.replace("[python3,", "[" + python + ","));
      commit(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not copy the sample", e);
    } catch (GitAPIException e) {
      throw new IllegalStateException("Could not commit the sample", e);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        var relative = from.relativize(each);
        if (Stream.of(relative.toString().split("/")).noneMatch(LEFT_OUT::contains)) {
          var target = to.resolve(relative.toString());
          if (Files.isDirectory(each)) {
            Files.createDirectories(target);
          } else {
            // Not with its permissions: an installed one may be there to be read only.
            try (var in = Files.newInputStream(each)) {
              Files.copy(in, target);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not copy the sample", e);
    }
  }

  private static void commit(Path folder) throws GitAPIException {
    var author = new PersonIdent("hostperf demo", "demo@localhost");
    try (var git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage("The sample engine as it comes")
          .setAuthor(author)
          .setCommitter(author)
          .setSign(false)
          .setNoVerify(true)
          .call();
    }
  }
}
