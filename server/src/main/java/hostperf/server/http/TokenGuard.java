package hostperf.server.http;

import hostperf.Sha256;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at the tokens that requests come with. After many wrong ones within a minute, only a token
/// that was right before is looked at for the rest of it: guessing is slow, and whoever guesses
/// locks no agent out that is at work.
public final class TokenGuard {
  private static final int MOST_WRONG = 30;

  private final Tokens tokens;
  private final WrongTries wrong;
  private final Set<String> rightBefore = ConcurrentHashMap.newKeySet();

  public TokenGuard(Tokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.wrong = new WrongTries(MOST_WRONG, clock);
  }

  /// What came of a secret.
  sealed interface Looked {
    record Right(Token token) implements Looked {}

    record Wrong() implements Looked {}

    record TooMany() implements Looked {}
  }

  Looked at(String secret) {
    var hash = Sha256.of(secret);
    if (!rightBefore.contains(hash) && wrong.areTooMany()) {
      return new Looked.TooMany();
    }
    Optional<Token> token = tokens.with(secret);
    if (token.isEmpty()) {
      rightBefore.remove(hash);
      wrong.add();
      return new Looked.Wrong();
    }
    rightBefore.add(hash);
    return new Looked.Right(token.get());
  }
}
