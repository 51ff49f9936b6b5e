package hostperf.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatchReaderTest {
  private static final Map<String, String> FILES =
      Map.of(
          "a.py", "one\ntwo\nthree\nfour\nfive\n",
          "crlf.py", "one\r\ntwo\r\n",
          "twice.py", "def a():\n    a = 1\n    go()\ndef b():\n    a = 1\n    go()\n",
          "noend.py", "x = 1\ny = 2",
          "bom.py", "\uFEFFimport os\n",
          "ümlaut é.py", "ä = 1\n");

  private final PatchReader reader =
      new PatchReader(new PatchPolicy(List.of("*.py"), List.of()), PatchReaderTest::at);

  @Test
  void appliesSeveralHunks() {
    assertThat(
            after(
                """
                diff --git a/a.py b/a.py
                index 1..2 100644
                --- a/a.py
                +++ b/a.py
                @@ -1,2 +1,3 @@ def f():
                 one
                +one and a half
                 two
                @@ -5 +6,0 @@
                -five
                """))
        .isEqualTo("one\none and a half\ntwo\nthree\nfour\n");
  }

  @Test
  void addsAtTheLineThatAHunkWithoutOldLinesNames() {
    assertThat(after("--- a.py\n+++ a.py\n@@ -2,0 +3 @@\n+new\n"))
        .isEqualTo("one\ntwo\nnew\nthree\nfour\nfive\n");
    assertThat(after("--- a.py\n+++ a.py\n@@ -0,0 +1 @@\n+new\n")).startsWith("new\none\n");
  }

  @Test
  void aHunkWithAWrongNumberIsAppliedWhereItsLinesAreOnce() {
    for (int said : new int[] {1, 2, 4, 90}) {
      var patch =
          reader.ofDiff(
              "--- a.py\n+++ a.py\n@@ -%d,2 +%d,2 @@\n three\n-four\n+4\n".formatted(said, said));
      assertThat(patch.changes().getFirst().after()).isEqualTo("one\ntwo\nthree\n4\nfive\n");
      assertThat(patch.notes())
          .containsExactly(
              "The hunk `@@ -%d,2 +%d,2 @@` was applied at line 3 of a.py, the only place that has its old lines."
                  .formatted(said, said));
    }
    assertThat(reader.ofDiff("--- a.py\n+++ a.py\n@@ -3 +3 @@\n-three\n+3\n").notes()).isEmpty();
  }

  @Test
  void aHunkWithAWrongNumberIsRefusedWhereSeveralPlacesOrNoneHaveItsLines() {
    refuses(
        "--- twice.py\n+++ twice.py\n@@ -2 +2 @@\n-    go()\n+    stay()\n",
        "not at line 2 of twice.py, and at more than one other: [3, 6]");
    refuses(
        "--- twice.py\n+++ twice.py\n@@ -1,3 +1,3 @@\n def b():\n     a = 1\n-    went()\n+    stay()\n",
        "line 6 should be `    went()`. The file has there:\n    3 |     go()\n    4 | def b():");
    // Where it says, though others have them too.
    assertThat(
            reader
                .ofDiff("--- twice.py\n+++ twice.py\n@@ -6 +6 @@\n-    go()\n+    stay()\n")
                .changes()
                .getFirst()
                .after())
        .endsWith("stay()\n");
    // After the hunk before it.
    refuses(
        "--- a.py\n+++ a.py\n@@ -4 +4 @@\n-four\n+4\n@@ -5 +5 @@\n-one\n+1\n", "ascending order");
  }

  private void refuses(String diff, String why) {
    assertThatThrownBy(() -> reader.ofDiff(diff))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
  }

  @Test
  void readsAMailWithASignature() {
    String mail =
        """
        From 1234
        Subject: x

        ---
         a.py | 2 +-

        --- a/a.py\t2026
        +++ b/a.py\t2026
        @@ -2 +2 @@
        -two
        +2
        --\s
        2.39.5
        """;
    assertThat(after(mail)).contains("\n2\n");
  }

  @Test
  void readsAnEmptyContextLineWhoseBlankAnEditorTook() {
    var spaced =
        new PatchReader(
            new PatchPolicy(List.of("*"), List.of()), _ -> new Tree.Entry.Text("a\n\nb\n"));
    assertThat(
            spaced.ofDiff("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n").changes().getFirst())
        .isEqualTo(new FileChange("x", "a\n\nb\n", "a\n\nc\n"));
  }

  @Test
  void keepsLineEnds() {
    assertThat(after("--- crlf.py\n+++ crlf.py\n@@ -1 +1 @@\n-one\r\n+ONE\r\n"))
        .isEqualTo("ONE\r\ntwo\r\n");
  }

  @Test
  void keepsAndMendsAMissingFinalLineEnd() {
    String header =
        "--- noend.py\n+++ noend.py\n@@ -2 +2 @@\n-y = 2\n\\ No newline at end of file\n";
    assertThat(after(header + "+y = 3\n\\ No newline at end of file\n")).isEqualTo("x = 1\ny = 3");
    assertThat(after(header + "+y = 3\n")).isEqualTo("x = 1\ny = 3\n");
  }

  @Test
  void readsQuotedPathsAsGitWritesThem() {
    String diff =
        """
        --- "a/\\303\\274mlaut \\303\\251.py"
        +++ "b/\\303\\274mlaut \\303\\251.py"
        @@ -1 +1 @@
        -ä = 1
        +ä = 2
        """;
    assertThat(after(diff)).isEqualTo("ä = 2\n");
  }

  @Test
  void aByteOrderMarkMayStay() {
    assertThat(reader.ofEdits(List.of(new Edit("bom.py", "import os", "import sys"))).files())
        .containsExactly("bom.py");
  }

  @Test
  void editsOfOneFileFollowEachOther() {
    Patch patch =
        reader.ofEdits(
            List.of(new Edit("a.py", "two", "zwei"), new Edit("a.py", "zwei\nthree", "2+3")));
    assertThat(patch.changes())
        .containsExactly(
            new FileChange("a.py", "one\ntwo\nthree\nfour\nfive\n", "one\n2+3\nfour\nfive\n"));
  }

  @Test
  void whatItRendersItReadsAgain() {
    Patch patch =
        reader.ofEdits(
            List.of(
                new Edit("noend.py", "y = 2", "y = 3"),
                new Edit("crlf.py", "two\r\n", "2\r\n"),
                new Edit("ümlaut é.py", "1", "2"),
                new Edit("a.py", "two\n", "")));
    assertThat(reader.ofDiff(patch.diff())).isEqualTo(patch);
    assertThat(patch.lines()).isEqualTo(7);
  }

  private String after(String diff) {
    return reader.ofDiff(diff).changes().getFirst().after();
  }

  private static Tree.Entry at(String path) {
    return Optional.ofNullable(FILES.get(path))
        .<Tree.Entry>map(Tree.Entry.Text::new)
        .orElse(new Tree.Entry.Absent(Optional.empty()));
  }
}
