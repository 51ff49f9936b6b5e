package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeptTextTest {
  @Test
  void keepsAShortTextWhole() {
    var kept = new KeptText(10);
    append(kept, "abcdefghij");
    assertThat(kept.text()).isEqualTo("abcdefghij");
  }

  @Test
  void countsWhatIsLeftOut() {
    var kept = new KeptText(10);
    append(kept, "abcdefghijk");
    assertThat(kept.text()).isEqualTo("abcde\n[… 1 characters left out …]\nghijk");
  }

  @Test
  void keepsBothEndsHoweverThePiecesFall() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 500; round++) {
      var kept = new KeptText(10);
      var whole = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        String text = "0123456789abcdefghijklmnop".substring(0, random.nextInt(26));
        append(kept, text);
        whole.append(text);
      }
      int length = whole.length();
      assertThat(kept.text()).startsWith(whole.substring(0, Math.min(5, length)));
      assertThat(kept.text()).endsWith(whole.substring(Math.max(0, length - 5)));
    }
  }

  private static void append(KeptText kept, String text) {
    kept.append(text.toCharArray(), text.length());
  }
}
