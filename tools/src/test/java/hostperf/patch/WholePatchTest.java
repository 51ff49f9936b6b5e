package hostperf.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A diff of two files is applied to both or refused, whatever stands around its parts; the real
/// git and GNU patch say what a sound one means.
class WholePatchTest {
  private static final String A =
      "import logging\n\n\ndef step(reqs):\n    log(f\"{reqs}\")\n    go()\n";
  private static final String B =
      "import copy\n\n\ndef prep(reqs):\n    return copy.deepcopy(reqs)\n";
  private static final Map<String, String> FILES = Map.of("eng/a.py", A, "eng/b.py", B);
  private static final Map<String, String> MEANT =
      Map.of(
          "eng/a.py", A.replace("f\"{reqs}\"", "\"%s\", reqs"),
          "eng/b.py", B.replace("copy.deepcopy(reqs)", "list(reqs)"));
  private static final String HUNK_A =
      """
      @@ -3,4 +3,4 @@

       def step(reqs):
      -    log(f"{reqs}")
      +    log("%s", reqs)
           go()
      """;
  private static final String HUNK_B =
      """
      @@ -4,2 +4,2 @@
       def prep(reqs):
      -    return copy.deepcopy(reqs)
      +    return list(reqs)
      """;

  /// What git and GNU patch take for text before a file.
  private static final List<String> BEFORE =
      List.of(
          "",
          "This makes the log lazy, see the diff below:\n\n",
          "```diff\n",
          """
          From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001
          From: Ada <ada@example.org>
          Subject: [PATCH 1/2] Lazy log

          ---
           eng/PATH | 14 +++++++-------
           eng/data.bin | Bin 0 -> 12 bytes
           1 file changed, 1 insertion(+), 1 deletion(-)

          """,
          "Index: eng/PATH\n===================================================================\n",
          """
          Index: eng/PATH
          IDEA additional info:
          Subsystem: com.intellij.openapi.diff.impl.patch.CharsetEP
          <+>UTF-8
          ===================================================================
          """,
          "Only in b/eng: new.py\n",
          "cat > /tmp/p.diff <<'EOF'\n",
          "# HG changeset patch\n# User Ada\n",
          "Two changes:\n- first the log\n- then the copy\n\n",
          "\n-- >8 --\n",
          "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n");

  private static final List<String> HEADERS =
      List.of(
          "diff --git a/eng/PATH b/eng/PATH\n"
              + "index 111..222 100644\n"
              + "--- a/eng/PATH\n"
              + "+++ b/eng/PATH\n",
          "--- a/eng/PATH\n+++ b/eng/PATH\n",
          "diff -ru a/eng/PATH b/eng/PATH\n"
              + "--- a/eng/PATH\t2026-01-02 10:00:00 +0000\n"
              + "+++ b/eng/PATH\t2026-01-02 10:00:01 +0000\n",
          "--- before/eng/PATH\n+++ after/eng/PATH\n",
          "--- a/eng/PATH 2026-01-02 10:00:00.5 +0000\n"
              + "+++ b/eng/PATH 2026-01-02 10:00:01.5 +0000\n",
          "diff -r 0123456789ab eng/PATH\n"
              + "--- a/eng/PATH\tFri Jan 02 10:00:00 2026\n"
              + "+++ b/eng/PATH\tFri Jan 02 10:00:01 2026\n");

  private static final List<String> AFTER =
      List.of(
          "",
          "\n",
          "-- \n2.43.0\n\n",
          "\nThis avoids building the text when the level is off.\n",
          "\n- one thing less\n- no copy\n",
          "```\n\nAnd the other one:\n",
          "EOF\ngit apply /tmp/p.diff\n",
          "Only in b: junk\n");

  /// Headers that git or GNU patch pass over, with the change below them.
  private static final List<String> BROKEN_HEADERS =
      List.of(
          "---a/eng/PATH\n+++b/eng/PATH\n",
          "\u001b[1m--- a/eng/PATH\u001b[m\n\u001b[1m+++ b/eng/PATH\u001b[m\n",
          "+++ b/eng/PATH\n--- a/eng/PATH\n",
          "+++ b/eng/PATH\n",
          "--- a/eng/PATH\n",
          "",
          "diff --git a/eng/PATH b/eng/PATH\n",
          "diff --git a/eng/PATH b/eng/PATH\n\n--- a/eng/PATH\n+++ b/eng/PATH\n",
          "    --- a/eng/PATH\n    +++ b/eng/PATH\n",
          "> --- a/eng/PATH\n> +++ b/eng/PATH\n",
          "\uFEFF--- a/eng/PATH\n+++ b/eng/PATH\n",
          "--- a/eng/PATH\n\n+++ b/eng/PATH\n",
          "*** Begin Patch\n*** Update File: eng/PATH\n",
          "*** a/eng/PATH\n--- b/eng/PATH\n",
          "--- a/eng/PATH\n+++ b/eng/PATH\nsome text\n",
          "0: --- a/eng/PATH\n0: +++ b/eng/PATH\n",
          "Index: eng/PATH\n");

  private static final List<String> LOST_AFTER =
      List.of(
          "@@ -1 +1 @@\n-import logging\n+import log\n",
          "\n+    stray()\n",
          "text\n-    go()\n",
          "Binary files a/x.bin and b/x.bin differ\n",
          "3c3\n< x\n---\n> y\n",
          "*** End Patch\n",
          "From 222\nContent-Transfer-Encoding: base64\n\nLS0tIGEvZW5nL2EucHkK\n",
          "diff --git a/eng/c.py b/eng/c.py\nold mode 100644\nnew mode 100755\n",
          "diff --git a/eng/c.py b/eng/d.py\n"
              + "similarity index 100%\n"
              + "rename from eng/c.py\n"
              + "rename to eng/d.py\n",
          "diff --git a/eng/c.py b/eng/c.py\nindex 111..222 100644\n",
          "--- a/eng/c.py\n+++ b/eng/c.py\n",
          " \u001b[32m+    stray()\u001b[m @@\n",
          "\neng/b.py\n<<<<<<< SEARCH\n    go()\n=======\n    stray()\n>>>>>>> REPLACE\n",
          "\u2028--- a/eng/c.py\u2028+++ b/eng/c.py\u2028\n",
          "\n\uff0b\uff0b\uff0b b/eng/c.py\n",
          "\n+ stray()\n");

  @TempDir Path folder;

  private final PatchReader reader =
      new PatchReader(new PatchPolicy(List.of("eng/**"), List.of()), WholePatchTest::at);

  @Test
  void textAroundTheFilesIsPassedOver() {
    for (String before : BEFORE) {
      for (String header : HEADERS) {
        for (String after : AFTER) {
          String diff =
              part(before, header, "a.py", HUNK_A, after)
                  + part(before, header, "b.py", HUNK_B, after);
          assertThat(read(diff)).as(diff).contains(MEANT);
        }
      }
    }
  }

  @Test
  void whatWouldBeLostIsRefusedWithItsLine() {
    for (String before : BEFORE) {
      for (String header : BROKEN_HEADERS) {
        refuses(
            part(before, header, "a.py", HUNK_A, "")
                + part("", HEADERS.get(1), "b.py", HUNK_B, ""));
        refuses(
            part("", HEADERS.get(1), "b.py", HUNK_B, "")
                + part(before, header, "a.py", HUNK_A, ""));
      }
    }
    for (String after : LOST_AFTER) {
      refuses(
          part("", HEADERS.get(0), "a.py", HUNK_A, after)
              + part("", HEADERS.get(0), "b.py", HUNK_B, ""));
      refuses(
          part("", HEADERS.get(0), "a.py", HUNK_A, "")
              + part("", HEADERS.get(0), "b.py", HUNK_B, after));
    }
  }

  /// Parts drawn at random, sound and broken ones: what is applied is the whole change, and what
  /// git or GNU patch make of the same text.
  @Test
  void agreesWithGitAndPatchOrRefuses() throws Exception {
    var random = new Random(7);
    int applied = 0;
    for (int i = 0; i < 120; i++) {
      String diff = drawn(random, "a.py", HUNK_A) + drawn(random, "b.py", HUNK_B);
      var ours = read(diff);
      if (ours.isPresent()) {
        applied++;
        assertThat(ours).as(diff).contains(MEANT);
        assertThat(
                List.of(
                    by(diff, "git", "apply"),
                    by(diff, "git", "apply", "--recount"),
                    by(diff, "patch", "-p1", "-s", "-f")))
            .as(diff)
            .contains(ours);
      }
    }
    assertThat(applied).isBetween(10, 110);
  }

  /// A hunk that ends before its header says may have been cut off.
  @Test
  void aHunkMayHaveMoreLinesThanItsHeaderSaysAndNotFewer() throws Exception {
    for (String counts : List.of("-3,1 +3,2", "-3,2 +3,2", "-3,4 +3,1", "-2,1 +7,3")) {
      String diff =
          part("", HEADERS.get(0), "a.py", HUNK_A.replace("-3,4 +3,4", counts), "")
              + part("", HEADERS.get(0), "b.py", HUNK_B, "");
      assertThat(read(diff)).as(counts).contains(MEANT);
      assertThat(by(diff, "git", "apply", "--recount")).as(counts).contains(MEANT);
    }
    for (String counts : List.of("-3,9 +3,9", "-3,4 +3,5", "-3,5 +3,1")) {
      String diff = part("", HEADERS.get(1), "a.py", HUNK_A.replace("-3,4 +3,4", counts), "");
      assertThatThrownBy(() -> reader.ofDiff(diff))
          .as(counts)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("its header says more lines");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"and so on\n", "EOF\n", "Only in b: junk\n", "```\n", "\nprose\n", "diff -u\n"})
  void countsThatAreRightAreNotBlamed(String after) {
    try {
      var _ = reader.ofDiff(part("", HEADERS.get(1), "a.py", HUNK_A, after));
    } catch (Refusal refusal) {
      assertThat(refusal.why()).doesNotContain("more lines");
    }
  }

  @Test
  void aMailMayChangeWhatOneBeforeItHasLeft() throws Exception {
    String mail = BEFORE.get(3);
    String again =
        HUNK_A.replace(
            "-    log(f\"{reqs}\")\n+    log(\"%s\", reqs)", "-    log(\"%s\", reqs)\n+    pass");
    String diff =
        part(mail, HEADERS.get(0), "a.py", HUNK_A, AFTER.get(2))
            + part(mail, HEADERS.get(0), "a.py", again, AFTER.get(2));
    assertThat(read(diff).orElseThrow().get("eng/a.py"))
        .contains("    pass\n")
        .doesNotContain("log(");
    assertThat(by(diff, "git", "apply")).isEqualTo(read(diff));
    assertThatThrownBy(() -> reader.ofDiff(diff.replace("From 111", "Mail 111")))
        .hasMessageContaining("names eng/a.py twice");
  }

  @Test
  void aDiffWithWindowsLineEndsIsAppliedExactlyOrRefusedForThem() {
    String diff = part("", HEADERS.get(1), "a.py", HUNK_A, "").replace("\n", "\r\n");
    assertThatThrownBy(() -> reader.ofDiff(diff)).hasMessageContaining("CRLF");
  }

  @Test
  void aRefusalNamesTheLineAndShowsNoEscape() {
    String diff = part("", BROKEN_HEADERS.get(1), "a.py", HUNK_A, "");
    assertThatThrownBy(() -> reader.ofDiff("text\n" + diff))
        .hasMessageContaining("(line 2 of the patch)")
        .hasMessageContaining("\\u001B[1m--- a/eng/a.py");
  }

  private static String drawn(Random random, String file, String hunk) {
    boolean sound = random.nextInt(3) > 0;
    return part(
        any(random, BEFORE),
        any(random, sound || random.nextBoolean() ? HEADERS : BROKEN_HEADERS),
        file,
        sound ? hunk : mangled(random, hunk),
        any(random, sound || random.nextBoolean() ? AFTER : LOST_AFTER));
  }

  private static String mangled(Random random, String hunk) {
    return switch (random.nextInt(7)) {
      case 0 -> hunk.replaceFirst("-(\\d),\\d", "-$1,1");
      case 1 -> hunk.replaceFirst("-(\\d),\\d \\+(\\d),\\d", "-$1,1 +$2,1");
      case 2 -> hunk.replaceFirst("-(\\d),\\d \\+(\\d),\\d", "-$1,9 +$2,9");
      case 3 -> hunk.replace("\n", "\r\n");
      case 4 -> hunk.replaceFirst("\n-", "\n\n-");
      case 5 -> hunk.replaceFirst("\n ", "\n");
      default -> hunk;
    };
  }

  private static String any(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String part(String before, String header, String file, String hunk, String after) {
    return (before + header).replace("PATH", file) + hunk + after;
  }

  private void refuses(String diff) {
    assertThatThrownBy(() -> reader.ofDiff(diff))
        .as(diff)
        .isInstanceOf(Refusal.class)
        .hasMessageMatching("(?s).*\\(line \\d+ of the patch\\).*");
  }

  private Optional<Map<String, String>> read(String diff) {
    try {
      var files = new TreeMap<>(FILES);
      reader.ofDiff(diff).changes().forEach(c -> files.put(c.path(), c.after()));
      return Optional.of(files);
    } catch (Refusal _) {
      return Optional.empty();
    }
  }

  /// What another program makes of the files; empty where it reports a failure.
  private Optional<Map<String, String>> by(String diff, String... command)
      throws IOException, InterruptedException {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.createDirectories(checkout.resolve("eng"));
    for (var file : FILES.entrySet()) {
      Files.writeString(checkout.resolve(file.getKey()), file.getValue());
    }
    Path input = Files.writeString(folder.resolve("p.diff"), diff);
    var builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(checkout.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("GIT_CEILING_DIRECTORIES", folder.toString());
    if (builder.start().waitFor() != 0) {
      return Optional.empty();
    }
    var files = new TreeMap<String, String>();
    for (String file : FILES.keySet()) {
      files.put(file, Files.readString(checkout.resolve(file)));
    }
    return Optional.of(files);
  }

  private static Tree.Entry at(String path) {
    return Optional.ofNullable(FILES.get(path))
        .<Tree.Entry>map(Tree.Entry.Text::new)
        .orElse(new Tree.Entry.Absent(Optional.empty()));
  }
}
