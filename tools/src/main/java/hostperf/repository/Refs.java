package hostperf.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Refs as git keeps them in files: loose ones, packed ones, HEAD and the reflogs.
record Refs(CheckoutPaths checkout) {
  private static final String SYMBOLIC = "ref: ";
  static final String NONE = "0".repeat(40);

  Path head() {
    return checkout.gitDir().resolve("HEAD");
  }

  Path file(String name) {
    return checkout.commonDir().resolve(name);
  }

  /// What HEAD names: a ref, or a commit when it is detached.
  String headName() {
    String text = CheckoutPaths.read(head()).strip();
    return text.startsWith(SYMBOLIC) ? text.substring(SYMBOLIC.length()).strip() : text;
  }

  static boolean isBranch(String headName) {
    return headName.startsWith("refs/");
  }

  /// Nothing when HEAD is on a branch without commits.
  Optional<String> headCommit() {
    String name = headName();
    return isBranch(name) ? commit(name) : Optional.of(name);
  }

  Optional<String> commit(String name) {
    Path loose = file(name);
    if (Files.isRegularFile(loose)) {
      String text = CheckoutPaths.read(loose).strip();
      return text.startsWith(SYMBOLIC)
          ? commit(text.substring(SYMBOLIC.length()).strip())
          : Optional.of(text);
    }
    return packed(name);
  }

  boolean isPacked(String name) {
    return packed(name).isPresent();
  }

  static String headContent(String name) {
    return (isBranch(name) ? SYMBOLIC + name : name) + "\n";
  }

  /// One line in a ref's log, best effort as with git: a missing line breaks nothing.
  void log(Path log, String line) {
    try {
      Files.createDirectories(log.resolveSibling("."));
      Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException _) {
      // A full disk must not turn a move that is already made into a failure.
    }
  }

  Path headLog() {
    return checkout.gitDir().resolve("logs/HEAD");
  }

  Path logOf(String name) {
    return checkout.commonDir().resolve("logs").resolve(name);
  }

  private Optional<String> packed(String name) {
    Path packed = checkout.commonDir().resolve("packed-refs");
    if (!Files.exists(packed)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(packed)) {
      return lines
          .filter(l -> l.length() > 41 && l.substring(41).equals(name))
          .map(l -> l.substring(0, 40))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
