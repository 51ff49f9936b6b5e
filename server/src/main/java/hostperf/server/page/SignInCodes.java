package hostperf.server.page;

import hostperf.Refusal;
import hostperf.Sha256;
import hostperf.seal.SealedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// The codes that a person signs in with: each is shown in a terminal, works once and not for long.
/// A code is a sealed file, named after its hash, so that any server of this user takes it.
public final class SignInCodes {
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final String FILE = ".code";

  /// None that are taken for each other.
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 3;
  private static final int GROUP = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SealedFolder folder;
  private final InstantSource clock;

  public SignInCodes(SealedFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /// Makes one, such as `k7dm-2xqp-9hwt`.
  public String make() {
    folder.names(FILE).stream().filter(this::isOver).forEach(this::delete);
    var code = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      code.append(i > 0 && i % GROUP == 0 ? "-" : "");
      code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    var until = clock.instant().plus(LIFETIME);
    boolean _ = folder.create(name(code.toString()), until.toString());
    return code.toString();
  }

  /// Whether it is a code that was not used before; it is used then.
  boolean use(String code) {
    var name = name(code);
    boolean isGood = !isOver(name);
    // Of two who come at once, one deletes it.
    return delete(name) && isGood;
  }

  /// As it may be typed: in capitals, without the hyphens.
  private static String name(String code) {
    var letters = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return Sha256.of(letters) + FILE;
  }

  /// One that hostperf did not write there counts for nothing.
  private boolean isOver(String name) {
    try {
      return folder.read(name).map(Instant::parse).filter(clock.instant()::isBefore).isEmpty();
    } catch (Refusal | java.time.DateTimeException _) {
      return true;
    }
  }

  private boolean delete(String name) {
    try {
      Files.delete(folder.file(name));
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete a code", e);
    }
  }
}
