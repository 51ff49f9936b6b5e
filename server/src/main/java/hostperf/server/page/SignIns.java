package hostperf.server.page;

import hostperf.Sha256;
import hostperf.server.http.WrongTries;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who has signed in at this server: browsers, by the hash of their cookie. They are forgotten
/// when the server ends.
final class SignIns {
  static final Duration LIFETIME = Duration.ofHours(24);

  /// Wrong codes within a minute after which no code is looked at.
  private static final int MOST_WRONG = 10;

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SignInCodes codes;
  private final InstantSource clock;
  private final Map<String, SignIn> signIns = new ConcurrentHashMap<>();
  private final WrongTries wrong;

  SignIns(SignInCodes codes, InstantSource clock) {
    this.codes = codes;
    this.clock = clock;
    this.wrong = new WrongTries(MOST_WRONG, clock);
  }

  /// @param form what each form of this browser carries, which no other page knows
  record SignIn(String form, Instant until) {
    boolean owns(String given) {
      return MessageDigest.isEqual(
          form.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// What came of a code.
  sealed interface Tried {
    /// @param cookie for the browser to keep
    record In(String cookie) implements Tried {}

    record Wrong() implements Tried {}

    record TooMany() implements Tried {}
  }

  synchronized Tried attempt(String code) {
    var now = clock.instant();
    if (wrong.areTooMany()) {
      return new Tried.TooMany();
    }
    if (!codes.use(code)) {
      wrong.add();
      return new Tried.Wrong();
    }
    signIns.values().removeIf(s -> !now.isBefore(s.until()));
    var cookie = secret();
    signIns.put(Sha256.of(cookie), new SignIn(secret(), now.plus(LIFETIME)));
    return new Tried.In(cookie);
  }

  Optional<SignIn> of(String cookie) {
    return Optional.ofNullable(signIns.get(Sha256.of(cookie)))
        .filter(s -> clock.instant().isBefore(s.until()));
  }

  void end(String cookie) {
    signIns.remove(Sha256.of(cookie));
  }

  private static String secret() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
