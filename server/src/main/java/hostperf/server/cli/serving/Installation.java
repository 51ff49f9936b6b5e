package hostperf.server.cli.serving;

import hostperf.Refusal;
import hostperf.catalog.Library;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import hostperf.job.Checkout;
import hostperf.journal.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// This hostperf: where its texts lie, and what it makes ids and times from.
///
/// @param root the folder that holds references/, prompts/ and examples/
public record Installation(
    Path root, Library texts, String version, InstantSource clock, RandomGenerator random) {

  /// As started by the launcher, which names the root.
  public static Installation here() {
    var root = Path.of(System.getProperty("hostperf.root", "")).toAbsolutePath().normalize();
    var version =
        Optional.ofNullable(Installation.class.getPackage().getImplementationVersion())
            .orElse("development");
    return new Installation(
        root, new Library(root), version, InstantSource.system(), () -> Secure.RANDOM.nextLong());
  }

  /// Made with the first id: a server starts without it.
  private static final class Secure {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secure() {}
  }

  /// The script that starts this hostperf; a release keeps it in bin/.
  public Path launcher() {
    var source = root.resolve("hostperf");
    return Files.isRegularFile(source) ? source : root.resolve("bin").resolve("hostperf");
  }

  public Supplier<String> errorIds() {
    return RunId.handles("error-", random);
  }

  /// What -C names, made real.
  public static Path folder(Path given) {
    if (!Files.isDirectory(given.toAbsolutePath())) {
      throw new Refusal(
          "'%s' is not a folder.".formatted(given), "Name an existing one with -C DIR.");
    }
    try {
      return given.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The checkout that a folder lies in: the nearest one above it, else the folder itself.
  public Checkout checkout(Path directory) {
    return checkout(directory, new LocalProcesses());
  }

  /// @param processes starts what is started there
  public Checkout checkout(Path directory, Processes processes) {
    var top = directory;
    for (var folder = Optional.of(directory);
        folder.isPresent();
        folder = Optional.ofNullable(folder.get().getParent())) {
      if (Files.exists(folder.get().resolve(".git"))) {
        top = folder.get();
        break;
      }
    }
    return new Checkout(top, processes, clock, random);
  }
}
