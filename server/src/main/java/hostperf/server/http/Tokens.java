package hostperf.server.http;

import hostperf.Refusal;
import hostperf.Sha256;
import hostperf.StrictJson;
import hostperf.seal.SealedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// This user's tokens: one sealed file each, with the hash of the secret. The secret is shown once,
/// when it is made. Files are read anew each time, so a token that was revoked is refused at once.
public final class Tokens {
  private static final String FILE = ".json";
  private static final String PREFIX = "hostperf_";
  private static final int BYTES = 32;
  private static final JsonMapper JSON = StrictJson.builder().build();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SealedFolder folder;
  private final InstantSource clock;

  public Tokens(SealedFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /// Makes one and returns its secret; refused where the name is taken.
  public String add(String name, Set<Token.Role> roles) {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var made = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var token = new Token(name, roles, Sha256.of(secret), made);
    if (!folder.create(name + FILE, JSON.writeValueAsString(token))) {
      throw new Refusal(
          "There is a token '%s' already.".formatted(name),
          "Run `hostperf token revoke %s` first, or take another name.".formatted(name));
    }
    return secret;
  }

  /// Those that count, by name.
  public List<Token> all() {
    return folder.names(FILE).stream().flatMap(n -> read(n).stream()).toList();
  }

  public void revoke(String name) {
    // Only names of tokens that there are: the name is part of a path.
    if (!folder.names(FILE).contains(name + FILE)) {
      var known = all().stream().map(Token::name).toList();
      throw new Refusal(
          "There is no token '%s'; there are: %s."
              .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)),
          "Run `hostperf token list` to see them.");
    }
    try {
      Files.delete(folder.file(name + FILE));
    } catch (NoSuchFileException _) {
      // Somebody else was first.
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete the token", e);
    }
  }

  /// The token with this secret.
  Optional<Token> with(String secret) {
    var hash = Sha256.of(secret).getBytes(StandardCharsets.US_ASCII);
    return all().stream()
        .filter(t -> MessageDigest.isEqual(t.sha256().getBytes(StandardCharsets.US_ASCII), hash))
        .findFirst();
  }

  /// One that hostperf did not write there under this name counts for nothing.
  private Optional<Token> read(String file) {
    try {
      return folder
          .read(file)
          .map(text -> JSON.readValue(text, Token.class))
          .filter(t -> file.equals(t.name() + FILE));
    } catch (JacksonException | Refusal _) {
      return Optional.empty();
    }
  }
}
