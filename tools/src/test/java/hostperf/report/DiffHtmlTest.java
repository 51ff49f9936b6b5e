package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.approval.Exhibit.Remark;
import hostperf.patch.FileChange;
import hostperf.patch.Patch;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffHtmlTest {
  private static final String BEFORE = numbered(30).replace("line 7\n", "    x = seen[i].item()\n");
  private static final String AFTER =
      BEFORE.replace("seen[i].item()", "seen[i]").replace("line 20\n", "line 20\nnew = 1\n");
  private static final String DIFF =
      new Patch(List.of(new FileChange("pkg/a.py", BEFORE, AFTER))).diff();

  private static String numbered(int lines) {
    var text = new StringBuilder();
    IntStream.rangeClosed(1, lines).forEach(i -> text.append("line ").append(i).append('\n'));
    return text.toString();
  }

  private static String unified(String diff, Remark... remarks) {
    var out = new Html();
    new DiffHtml(diff, List.of(remarks)).unified(out);
    return out.toString();
  }

  private static String sideBySide(String diff, Remark... remarks) {
    var out = new Html();
    new DiffHtml(diff, List.of(remarks)).sideBySide(out);
    return out.toString();
  }

  /// The rows as text, cells between bars.
  private static List<String> rows(String html) {
    return Pattern.compile("<tr[^>]*>(.*?)</tr>", Pattern.DOTALL)
        .matcher(html.replaceAll("(?s)<thead>.*?</thead>", ""))
        .results()
        .map(
            m -> m.group(1).replaceAll("</td>\\s*<td[^>]*>", "|").replaceAll("<[^>]+>", "").strip())
        .toList();
  }

  @Test
  void showsEveryLineOfTheDiffWithItsNumbers() {
    var shown = rows(unified(DIFF));
    var lines = DIFF.lines().filter(l -> !l.matches("(diff|---|\\+\\+\\+) .*")).toList();
    assertThat(shown).hasSameSizeAs(lines);
    assertThat(shown)
        .contains("7||-|    x = seen[i].item()", "|7|+|    x = seen[i]", "|21|+|new = 1")
        .contains("6|6||line 6", "21|22||line 21");
  }

  @Test
  void marksTheWordsThatDiffer() {
    assertThat(unified(DIFF))
        .contains("x = seen[i]<mark>.item()</mark></code>")
        .contains("    x = seen[i]</code>")
        .doesNotContain("<mark>new");
  }

  /// The line that was added above is no other version of it.
  @Test
  void putsALineBesideTheOneThatIsAlike() {
    var after = BEFORE.replace("    x = seen", "    look = self.cache\n    y = 0\n    x = seen");
    after = after.replace("seen[i].item()", "seen[i]");
    var diff = new Patch(List.of(new FileChange("a.py", BEFORE, after))).diff();
    assertThat(rows(sideBySide(diff)))
        .containsSequence(
            "|||7|+|    look = self.cache",
            "|||8|+|    y = 0",
            "7|-|    x = seen[i].item()|9|+|    x = seen[i]");
    assertThat(rows(unified(diff)))
        .containsSequence(
            "7||-|    x = seen[i].item()",
            "|7|+|    look = self.cache",
            "|8|+|    y = 0",
            "|9|+|    x = seen[i]");
  }

  @Test
  void putsOldAndNewLinesBesideEachOther() {
    assertThat(rows(sideBySide(DIFF)))
        .contains("7|-|    x = seen[i].item()|7|+|    x = seen[i]", "|||21|+|new = 1");
  }

  @Test
  void putsEachRemarkBelowItsLine() {
    var remarks =
        new Remark[] {
          new Remark("pkg/a.py", 7, true, "leaves a call out"),
          new Remark("pkg/a.py", 21, false, "adds a name"),
          new Remark("pkg/a.py", 29, false, "stands elsewhere")
        };
    for (var shown : List.of(rows(unified(DIFF, remarks)), rows(sideBySide(DIFF, remarks)))) {
      assertThat(shown.getFirst()).isEqualTo("Audit: stands elsewhere");
      int removed = shown.indexOf("Audit: leaves a call out");
      assertThat(shown.get(removed - 1)).startsWith("7|");
      assertThat(shown.get(shown.indexOf("Audit: adds a name") - 1)).endsWith("new = 1");
    }
    var list = new Html();
    new DiffHtml(DIFF, List.of(remarks)).remarks(list);
    for (int i = 1; i <= 3; i++) {
      assertThat(list.toString()).contains("href=\"#remark-%d\"".formatted(i));
      assertThat(unified(DIFF, remarks)).containsOnlyOnce("id=\"remark-%d\"".formatted(i));
    }
  }

  @Test
  void writesMarkupAndUnseenCharactersOut() {
    var after = BEFORE.replace("line 3\n", "<script>alert(1)</script>\u202e\u200b\r\n");
    var diff = new Patch(List.of(new FileChange("pkg/a.py", BEFORE, after))).diff();
    assertThat(unified(diff))
        .doesNotContain("<script>")
        .contains("&lt;script&gt;", "&lt;U+202E&gt;&lt;U+200B&gt;&lt;U+000D&gt;");
  }

  @Test
  void saysWhereALineHasNoEnd() {
    var diff = new Patch(List.of(new FileChange("a.py", "a = 1", "a = 2\n"))).diff();
    assertThat(unified(diff)).containsOnlyOnce("No line end at the end of the file");
  }

  @Test
  void showsWhatIsNoDiffAsItIs() {
    assertThat(unified("not <a> diff")).contains("not &lt;a&gt; diff");
  }
}
