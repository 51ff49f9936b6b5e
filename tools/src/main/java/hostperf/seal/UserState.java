package hostperf.seal;

import hostperf.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What hostperf keeps for one user outside any checkout: the key, and for each checkout what must
/// not lie where a repository could bring its own.
public final class UserState {
  private final Path folder;

  public UserState(Path folder) {
    this.folder = folder;
  }

  /// `$XDG_STATE_HOME/hostperf`, by default in `~/.local/state`. Not with the settings: those are
  /// kept in repositories by some, where a key has no place.
  public static UserState ofUser() {
    var state =
        Optional.ofNullable(System.getenv("XDG_STATE_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute) // a relative one would be the checkout's
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"));
    return new UserState(state.resolve("hostperf").toAbsolutePath());
  }

  public UserKey key() {
    return new UserKey(folder);
  }

  /// The user's own folder for a checkout.
  public SealedFolder of(Path checkout) {
    var place = real(checkout);
    return SealedFolder.ofUser(
        folder.resolve("checkouts").resolve(shortName(place)), new Seal(key(), place));
  }

  /// The user's own folder for what belongs to no checkout.
  public SealedFolder own(String name) {
    return SealedFolder.ofUser(folder.resolve(name), new Seal(key(), folder));
  }

  /// A folder of the checkout itself.
  public SealedFolder in(Path checkout, String name) {
    return SealedFolder.inCheckout(checkout.resolve(name), new Seal(key(), real(checkout)));
  }

  private static Path real(Path checkout) {
    try {
      return Files.exists(checkout) ? checkout.toRealPath() : checkout.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shortName(Path checkout) {
    return Sha256.of(checkout.toString()).substring(0, 32);
  }
}
