package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  @Test
  void endsALineAtEveryKindOfLineEnd() {
    assertThat(split("a\nb\r\nc\rd", "e\r", "\nf")).containsExactly("a", "b", "c", "de", "f");
  }

  @Test
  void keepsEmptyLines() {
    assertThat(split("\n\nx\n")).containsExactly("", "", "x");
  }

  @Test
  void cutsALineThatNeverEnds() {
    assertThat(split("y".repeat(100_000)).getFirst()).hasSize(16_384);
  }

  private static List<String> split(String... pieces) {
    var lines = new ArrayList<String>();
    var splitter = new LineSplitter(lines::add);
    for (String piece : pieces) {
      splitter.append(piece.toCharArray(), piece.length());
    }
    splitter.end();
    return lines;
  }
}
