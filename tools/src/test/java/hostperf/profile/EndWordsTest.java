package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndWordsTest {
  @Test
  void isTheLineBelowTheFramesOfTheLastTraceback() {
    var output =
        """
        step 1
        Traceback (most recent call last):
          File "a.py", line 3, in <module>
            x["a"]
        KeyError: 'a'

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "a.py", line 5, in <module>
            y.b
            ^^^
        AttributeError: 'Y' object has no attribute 'b'
        [W] cleaning up
        """;

    assertThat(EndWords.exception(output))
        .contains("AttributeError: 'Y' object has no attribute 'b'");
  }

  @Test
  void readsBehindTheRanksPrefix() {
    var output =
        """
        [rank1]: Traceback (most recent call last):
        [rank0]: going on
        [rank1]:   File "a.py", line 3, in f
        """
            + "[rank1]: ValueError: no \u001b[31mblocks\u001b[0m\n";

    assertThat(EndWords.exception(output)).contains("ValueError: no blocks");
  }

  @Test
  void isAbsentWithoutATraceback() {
    assertThat(EndWords.exception("ValueError: logged, not raised\n")).isEmpty();
  }
}
