package hostperf.approval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The configurations that a person on this machine has allowed, by hash. A repository's
/// configuration is code, so a new or changed one is asked about once.
public final class TrustedConfigurations {
  private final Path file;

  public TrustedConfigurations(Path file) {
    this.file = file;
  }

  /// Kept with the user's other settings, outside any checkout.
  public static TrustedConfigurations ofUser() {
    var config =
        Optional.ofNullable(System.getenv("XDG_CONFIG_HOME"))
            .filter(p -> !p.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
    return new TrustedConfigurations(config.resolve("hostperf/trusted"));
  }

  public boolean contains(String sha256) {
    try {
      return Files.readAllLines(file).contains(sha256);
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the trusted configurations", e);
    }
  }

  public void add(String sha256) {
    if (contains(sha256)) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, sha256 + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not store the trusted configuration", e);
    }
  }
}
