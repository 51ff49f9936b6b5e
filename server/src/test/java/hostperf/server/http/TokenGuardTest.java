package hostperf.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.seal.UserState;
import hostperf.server.http.TokenGuard.Looked;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenGuardTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-30T08:00:00Z");
  private Tokens tokens;
  private TokenGuard guard;

  @BeforeEach
  void begin() {
    tokens = new Tokens(new UserState(folder).own("tokens"), () -> now);
    guard = new TokenGuard(tokens, () -> now);
  }

  private String token(String name) {
    return tokens.add(name, Set.of(Token.Role.RUN));
  }

  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      var _ = guard.at("hostperf_guess" + i);
    }
  }

  @Test
  void looksAtNoFurtherTokenAfterManyWrongOnes() {
    var fresh = token("fresh");
    guess(29);
    assertThat(guard.at("hostperf_wrong")).isInstanceOf(Looked.Wrong.class);
    assertThat(guard.at("hostperf_wrong")).isInstanceOf(Looked.TooMany.class);
    assertThat(guard.at(fresh)).isInstanceOf(Looked.TooMany.class);
    now = now.plus(Duration.ofSeconds(61));
    assertThat(guard.at(fresh)).isInstanceOf(Looked.Right.class);
  }

  @Test
  void locksNobodyOutWhoIsAtWork() {
    var known = token("known");
    assertThat(guard.at(known)).isInstanceOf(Looked.Right.class);
    guess(100);
    assertThat(guard.at(known)).isInstanceOf(Looked.Right.class);
    tokens.revoke("known");
    assertThat(guard.at(known)).isInstanceOf(Looked.Wrong.class);
    assertThat(guard.at(known)).isInstanceOf(Looked.TooMany.class);
  }
}
