package hostperf.approval;

import hostperf.Refusal;
import hostperf.seal.Ours;
import hostperf.seal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The configurations that a person on this machine has allowed, each by its content and the
/// checkout it lies in. A repository's configuration is code, and what its commands do depends on
/// the files beside it, so a new or changed one, and the same one elsewhere, is asked about once.
public final class TrustedConfigurations {
  private final Path file;

  public TrustedConfigurations(Path file) {
    this.file = file;
  }

  /// Kept with the user's other settings, outside any checkout.
  public static TrustedConfigurations ofUser() {
    var config =
        Optional.ofNullable(System.getenv("XDG_CONFIG_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute) // a relative one would be the checkout's
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
    return new TrustedConfigurations(config.resolve("hostperf/trusted"));
  }

  /// A file that other users can write allows nothing.
  ///
  /// @param checkout where the configuration lies
  /// @param sha256 of its content
  public boolean contains(Path checkout, String sha256) {
    if (!Files.exists(file)) {
      return false;
    }
    if (!Ours.isWrittenByUsAlone(file) || !Ours.isWrittenByUsAlone(folder())) {
      throw new Refusal(
          "%s can be written by other users, so no configuration in it is allowed.".formatted(file),
          "See what is in it, then `chmod go-w %s %s`.".formatted(folder(), file));
    }
    try {
      return Files.readAllLines(file).contains(entry(checkout, sha256));
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the trusted configurations", e);
    }
  }

  public void add(Path checkout, String sha256) {
    if (contains(checkout, sha256)) {
      return;
    }
    try {
      var _ = PrivateFiles.folder(folder());
      if (!Files.exists(file)) {
        var _ = PrivateFiles.write(file, new byte[0]);
      }
      Files.writeString(file, entry(checkout, sha256) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not store the trusted configuration", e);
    }
  }

  /// Takes back what was allowed in this checkout.
  public void forget(Path checkout) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      var place = entry(checkout, "");
      var kept =
          Files.readAllLines(file).stream()
              .filter(line -> !line.substring(Math.max(0, line.indexOf(' '))).equals(place))
              .toList();
      var text = kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
      var _ = PrivateFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not store the trusted configurations", e);
    }
  }

  /// One line, whatever the checkout's name holds: a line break in it would make two entries.
  private static String entry(Path checkout, String sha256) throws IOException {
    var place = checkout.toRealPath().toString();
    return sha256 + " " + place.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private Path folder() {
    return file.toAbsolutePath().resolveSibling("");
  }
}
