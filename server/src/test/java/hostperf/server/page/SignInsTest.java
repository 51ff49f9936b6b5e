package hostperf.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.seal.SealedFolder;
import hostperf.seal.UserState;
import hostperf.server.page.SignIns.Tried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInsTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-30T08:00:00Z");
  private SealedFolder kept;
  private SignInCodes codes;
  private SignIns signIns;

  @BeforeEach
  void begin() {
    kept = new UserState(folder).own("codes");
    codes = new SignInCodes(kept, () -> now);
    signIns = new SignIns(codes, () -> now);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private String cookie() {
    return ((Tried.In) signIns.attempt(codes.make())).cookie();
  }

  @Test
  void keepsNoCodeInTheClearAndNoneThatWasUsed() throws IOException {
    var code = codes.make();
    assertThat(code).matches("([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}");
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                file
                    + new String(
                        Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(code, code.replace("-", ""));
      }
    }
    assertThat(signIns.attempt(code)).isInstanceOf(Tried.In.class);
    assertThat(kept.names(".code")).isEmpty();
    assertThat(signIns.attempt(code)).isInstanceOf(Tried.Wrong.class);
  }

  @Test
  void takesACodeOfAnotherProcessOfTheSameUserAndForTenMinutes() {
    var elsewhere = new SignInCodes(new UserState(folder).own("codes"), () -> now);
    assertThat(signIns.attempt(elsewhere.make())).isInstanceOf(Tried.In.class);
    var old = elsewhere.make();
    later(SignInCodes.LIFETIME);
    assertThat(signIns.attempt(old)).isInstanceOf(Tried.Wrong.class);
    var _ = codes.make();
    assertThat(kept.names(".code")).hasSize(1);
  }

  /// A file that somebody else put there is no code.
  @Test
  void takesNoCodeThatHostperfDidNotWrite() throws IOException {
    var code = codes.make();
    var file = kept.file(kept.names(".code").getFirst());
    Files.writeString(file, Files.readString(file).replace("2026", "2036"));
    assertThat(signIns.attempt(code)).isInstanceOf(Tried.Wrong.class);
  }

  @Test
  void looksAtNoCodeAfterTooManyWrongOnes() {
    for (int i = 0; i < 10; i++) {
      assertThat(signIns.attempt("abcd-efgh-jkm" + i)).isInstanceOf(Tried.Wrong.class);
    }
    var code = codes.make();
    assertThat(signIns.attempt(code)).isInstanceOf(Tried.TooMany.class);
    later(Duration.ofSeconds(61));
    assertThat(signIns.attempt(code)).isInstanceOf(Tried.In.class);
  }

  @Test
  void forgetsABrowserThatSignsOutAndAnyAfterADay() {
    var one = cookie();
    var two = cookie();
    assertThat(signIns.of(one).orElseThrow().form())
        .isNotEqualTo(signIns.of(two).orElseThrow().form());
    assertThat(signIns.of(one).orElseThrow().owns(signIns.of(two).orElseThrow().form())).isFalse();
    signIns.end(one);
    assertThat(signIns.of(one)).isEmpty();
    assertThat(signIns.of(two)).isPresent();
    assertThat(signIns.of("")).isEmpty();
    later(SignIns.LIFETIME);
    assertThat(signIns.of(two)).isEmpty();
  }
}
